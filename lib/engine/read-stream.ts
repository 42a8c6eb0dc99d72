/** Reading an answer of the engine that goes on until somebody has had enough. */
import type { IncomingMessage } from 'node:http';
import { EngineError } from '../core/errors';

/**
 * To the end of the answer, or until the signal ends it.
 *
 * @throws EngineError ENGINE_UNREACHABLE when the engine goes away in the middle
 */
export async function readUntilAborted(
  response: IncomingMessage,
  read: (chunk: Buffer) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const leave = () => void response.destroy();
  if (signal?.aborted) leave();
  signal?.addEventListener('abort', leave);
  try {
    for await (const chunk of response) read(chunk as Buffer);
  } catch (error) {
    if (!signal?.aborted) throw wentAway((error as Error).message);
  } finally {
    signal?.removeEventListener('abort', leave);
  }
}

export function wentAway(why: string): EngineError {
  return new EngineError(
    'ENGINE_UNREACHABLE',
    `the engine went away while it was read from: ${why}`,
  );
}
