/**
 * Looking until what is seen is what it will be. A program that is just entering a container by exec
 * still has the rights of the engine, and loses them before it begins; on a busy host that takes a while.
 */
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds before each further look. */
const PAUSES = [100, 200, 400, 800];

/** The first look that is not in passing; the last one where all are: what is broken stays broken. */
export async function steady<T>(
  look: () => T | Promise<T>,
  isInPassing: (seen: T) => boolean,
): Promise<T> {
  let seen = await look();
  for (const milliseconds of PAUSES) {
    if (!isInPassing(seen)) break;
    await pause(milliseconds);
    seen = await look();
  }
  return seen;
}
