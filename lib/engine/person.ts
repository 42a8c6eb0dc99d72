/** As whom a sandbox runs: the person who starts it, so that its outputs are theirs. */
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
 */
export function personOf(env: Environment): Person {
  return {
    uid: firstId([env.SANDBOX_UID, process.getuid?.(), env.SUDO_UID]),
    gid: firstId([env.SANDBOX_GID, process.getgid?.(), env.SUDO_GID]),
  };
}

/** What Compose is told, so that `${SANDBOX_UID:-1000}` in the document becomes the person's. */
export function personVariables({ uid, gid }: Person): Environment {
  return { SANDBOX_UID: String(uid), SANDBOX_GID: String(gid) };
}

function firstId(candidates: readonly (string | number | undefined)[]): number {
  for (const candidate of candidates) {
    const id = candidate === undefined || candidate === '' ? NaN : Number(candidate);
    if (Number.isSafeInteger(id) && id > 0) return id;
  }
  return DEFAULT_ID;
}
