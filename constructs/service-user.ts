/** Whom a service runs as. */
import { EnvRef } from '../lib/core/env-ref';

/** Numeric ids, never root's; as an `EnvRef` where they depend on who starts the sandbox. */
export interface ServiceUser {
  readonly uid: number | EnvRef;
  readonly gid: number | EnvRef;
}

/**
 * The person who starts the sandbox, so that its outputs belong to them: `SANDBOX_UID` and
 * `SANDBOX_GID`, else 1000, the first user of most Linux hosts.
 */
export const HOST_USER: ServiceUser = {
  uid: EnvRef.optional('SANDBOX_UID', '1000'),
  gid: EnvRef.optional('SANDBOX_GID', '1000'),
};
