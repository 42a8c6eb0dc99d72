/** Reading an answer of the engine that goes on until somebody has had enough. */
import type { IncomingMessage } from 'node:http';
import { EngineError } from '../core/errors';
import type { EngineClient } from './client';

/**
 * To the end of the answer, or until the signal ends it.
 *
 * @param answer to a request that the same signal ends
 * @throws EngineError ENGINE_UNREACHABLE when the engine goes away in the middle
 */
export async function readUntilAborted(
  client: EngineClient,
  answer: IncomingMessage | Promise<IncomingMessage>,
  read: (chunk: Buffer) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    for await (const chunk of client.chunksOf(await answer)) read(chunk);
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

/** It ended an answer that has no end. */
export function wentAway(why: string): EngineError {
  return new EngineError(
    'ENGINE_UNREACHABLE',
    `the engine went away while it was read from: ${why}`,
  );
}
