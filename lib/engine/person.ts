/** As whom a sandbox runs: the person who starts it, so that its outputs are theirs. */
import { PersonError } from '../core/errors';
import { quote } from '../core/quote';
import type { Environment } from './environment';

export interface Person {
  readonly uid: number;
  readonly gid: number;
}

/** Ids of images that nobody said anything about; the generated files have the same default. */
const DEFAULT_ID = 1000;

/**
 * What `SANDBOX_UID` and `SANDBOX_GID` say; else the user of this process; for root the one who
 * called `sudo`; else 1000. Never 0: an agent is never root.
 *
 * @throws PersonError when a variable says what no person can be
 */
export function personOf(env: Environment): Person {
  return {
    uid: chosenId('SANDBOX_UID', env) ?? ownId(process.getuid?.(), env.SUDO_UID),
    gid: chosenId('SANDBOX_GID', env) ?? ownId(process.getgid?.(), env.SUDO_GID),
  };
}

/** What Compose is told, so that `${SANDBOX_UID:-1000}` in the document becomes the person's. */
export function personVariables({ uid, gid }: Person): Environment {
  return { SANDBOX_UID: String(uid), SANDBOX_GID: String(gid) };
}

/** The largest id that the engine takes. */
const LARGEST_ID = 2 ** 31 - 1;

/** An empty variable says nothing, as in Compose's `${SANDBOX_UID:-1000}`. */
function chosenId(name: 'SANDBOX_UID' | 'SANDBOX_GID', env: Environment): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  const id = /^\d+$/.test(text) ? Number(text) : NaN;
  if (id > 0 && id <= LARGEST_ID) return id;
  throw new PersonError(
    `${name} is ${quote(text)}; allowed are whole numbers from 1 to ${LARGEST_ID}, and 0 is root, whom an agent never is: unset it to run as the user who starts the sandbox`,
  );
}

function ownId(own: number | undefined, sudo: string | undefined): number {
  const ids = [own, Number(sudo)];
  return ids.find((id) => id !== undefined && Number.isSafeInteger(id) && id > 0) ?? DEFAULT_ID;
}
