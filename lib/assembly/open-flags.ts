/** How files of the output folder are opened: never through a symlink. */
import { constants } from 'node:fs';

const { O_CREAT, O_EXCL, O_RDONLY, O_WRONLY } = constants;
// Windows knows neither of these.
const known: Readonly<Partial<Record<string, number>>> = { ...constants };
const O_NOFOLLOW = known.O_NOFOLLOW ?? 0;
const O_NONBLOCK = known.O_NONBLOCK ?? 0;

/** Not blocking: opening a named pipe must not wait for its other end. */
export const READ = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

/** Fails when anything stands there already. */
export const CREATE = O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW;
