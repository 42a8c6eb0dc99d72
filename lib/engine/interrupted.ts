/** Ctrl-C between two steps: what was done stays, and the next run goes on from there. */
import { EngineError } from '../core/errors';

/** @throws EngineError INTERRUPTED once the person has asked to stop */
export function assertNotInterrupted(signal: AbortSignal | undefined, sandbox: string): void {
  if (signal?.aborted) throw interrupted(sandbox);
}

/** The walls are looked at through a container of the image, which is removed after that. */
export const LOOK_GRACE_MS = 2000;

/**
 * Work that only looks, and so can be left at any moment.
 *
 * @param grace milliseconds in which it can take away what it needed for looking
 * @throws EngineError INTERRUPTED once the person has asked to stop
 */
export async function unlessInterrupted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  sandbox: string,
  grace = 0,
): Promise<T> {
  if (!signal) return work;
  let leave = (): unknown => undefined;
  let timer: NodeJS.Timeout | undefined;
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => (timer = setTimeout(() => reject(interrupted(sandbox)), grace));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
  });
  work.catch(() => undefined); // of work that was left, nobody wants to know any more
  try {
    return await Promise.race([left, work]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
    assertNotInterrupted(signal, sandbox); // whatever became of the work
  }
}

function interrupted(sandbox: string): EngineError {
  return new EngineError(
    'INTERRUPTED',
    `interrupted; what stands is left as it is: sandbox-cdk status ${sandbox} shows it, sandbox-cdk start ${sandbox} goes on from there`,
  );
}
