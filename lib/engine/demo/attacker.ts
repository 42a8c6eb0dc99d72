/** Runs one attack inside, as the container's own user, and sees to it that it ends. */
import { PassThrough, Writable } from 'node:stream';
import { EngineError } from '../../core/errors';
import type { EngineClient } from '../client';
import { CAPTURE_LIMITS, connect } from '../execute';
import type { ProgramInside } from '../program-inside';
import { judgeAnswer, untried } from './answer';
import type { Attack, AttackResult, Limits } from './attack';
import { commandOf, DEADLINE } from './harness';

/** How long the attack's own program may take to end it, after its deadline and when it was told to. */
const GRACE_MS = 10_000;

export interface Target {
  readonly client: EngineClient;
  /** Full id. */
  readonly container: string;
  readonly limits: Limits;
}

/** @param signal ends the attack at once */
export async function tryAttack(
  { client, container, limits }: Target,
  attack: Attack,
  signal?: AbortSignal,
): Promise<AttackResult> {
  // The attack ends when this does: when it is told to, and when the command is gone, however it went.
  const stdin = new PassThrough();
  const [stdout, stderr] = [kept(), kept()];
  const watch = new Watch(() => stdin.end(), signal);
  const streams = { stdin, stdout: stdout.stream, stderr: stderr.stream };
  const execution = { command: commandOf(attack, limits), workingDir: '/' };
  const running = connect(client, container, execution, streams, {
    onStart: (program) => watch.over(program),
  });
  try {
    const exitCode = await Promise.race([running, watch.lost]);
    if (exitCode === undefined) return untried(attack, 'did not end in time, and may go on inside');
    return judgeAnswer(attack, { exitCode, stdout: stdout.text(), stderr: stderr.text() });
  } catch (error) {
    if (error instanceof EngineError && error.code === 'ENGINE_REFUSED')
      return untried(attack, error.message);
    throw error;
  } finally {
    running.catch(() => undefined);
    watch.stop();
  }
}

/** Tells an attack to end, and kills it where it does not: an agent can stop what its own user runs. */
class Watch {
  private program: ProgramInside | undefined;
  private readonly timers: NodeJS.Timeout[] = [];
  private giveUp: () => void = () => undefined;
  readonly lost = new Promise<undefined>((resolve) => (this.giveUp = () => resolve(undefined)));

  constructor(
    private readonly tell: () => void,
    private readonly signal: AbortSignal | undefined,
  ) {
    if (signal?.aborted) this.end();
    signal?.addEventListener('abort', this.end, { once: true });
    this.after(DEADLINE * 1000 + GRACE_MS, this.end);
  }

  over(program: ProgramInside): void {
    this.program = program;
  }

  stop(): void {
    this.signal?.removeEventListener('abort', this.end);
    this.timers.forEach(clearTimeout);
    this.tell();
  }

  private readonly end = (): void => {
    this.tell();
    this.after(GRACE_MS, () => void this.kill());
  };

  private async kill(): Promise<void> {
    await this.program?.signal('SIGKILL').catch(() => false);
    this.after(GRACE_MS, this.giveUp);
  }

  private after(milliseconds: number, work: () => void): void {
    this.timers.push(setTimeout(work, milliseconds));
  }
}

/** What is said beyond any answer is read, and dropped: an agent may have a hand in it. */
function kept() {
  const parts: Buffer[] = [];
  let length = 0;
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const part = chunk.subarray(0, CAPTURE_LIMITS.bytes - length);
      length += part.length;
      if (part.length > 0) parts.push(part);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(parts).toString('utf8') };
}
