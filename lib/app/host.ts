/**
 * How a program and the command that runs it meet: the command leaves a host behind before it
 * loads the program, and `app.synth()` hands the result over instead of writing it. A program run
 * by itself finds no host.
 */
import type { Assembly } from '../assembly/assembly';

export interface ProgramHost {
  readonly projectDir: string;
  readonly output: string;
  /** Whether the output folder was asked for on the command line, and wins over the program's. */
  readonly isOutputGiven: boolean;
  readonly context: Readonly<Record<string, unknown>>;
  /** Names of the sandboxes to synthesize; all when undefined. */
  readonly only?: readonly string[];
  /** `app.synth()` succeeded. */
  submit(assembly: Assembly): void;
  /** `app.synth()` is about to throw this; a program may swallow it, the command must not. */
  reject(error: unknown): void;
}

const HOST = Symbol.for('sandbox-cdk.host');
type HostSlot = { [HOST]?: ProgramHost };

/** Leaves a host for the program that is loaded next; `undefined` takes it away. */
export function setProgramHost(host: ProgramHost | undefined): void {
  (globalThis as HostSlot)[HOST] = host;
}

export function programHost(): ProgramHost | undefined {
  return (globalThis as HostSlot)[HOST];
}
