/** Runs programs as a user would, and shows everything they said when one fails. */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import * as path from 'node:path';

export const REPOSITORY = path.resolve(__dirname, '../../..');
export const COMMAND = path.join(REPOSITORY, 'dist/bin/sandbox-cdk.js');

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutSeconds?: number;
  /** Written to its standard input. */
  readonly input?: string;
}

/** Runs a program to its end, whatever that is. */
export function tryRun(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): SpawnSyncReturns<string> {
  return spawnSync(program, args, {
    cwd: options.cwd,
    input: options.input,
    env: { ...process.env, ...options.env },
    encoding: 'utf8',
    timeout: (options.timeoutSeconds ?? 300) * 1000,
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** Runs a program that must succeed; gives its standard output. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): string {
  const { status, signal, stdout, stderr, error } = tryRun(program, args, options);
  if (status === 0) return stdout;
  throw new Error(
    [
      `${program} ${args.join(' ')} ended with ${error?.message ?? signal ?? String(status)}`,
      stdout,
      stderr,
    ].join('\n'),
  );
}

/** Runs the built command in a project folder. */
export function sandboxCdk(cwd: string, ...args: string[]): string {
  return run(process.execPath, [COMMAND, ...args], { cwd });
}

/** As `sandboxCdk`, whatever its exit code. */
export function trySandboxCdk(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  return tryRun(process.execPath, [COMMAND, ...args], { cwd, env });
}
