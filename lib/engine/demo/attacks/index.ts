/** The attacks, from the network to what the container may use up; each is tried as the agent's own user. */
import type { Attack } from '../attack';
import { FILE_ATTACKS } from './files';
import { LIMIT_ATTACKS } from './limits';
import { NETWORK_ATTACKS } from './network';
import { PRIVILEGE_ATTACKS } from './privileges';

export const ATTACKS: readonly Attack[] = [
  ...NETWORK_ATTACKS,
  ...FILE_ATTACKS,
  ...PRIVILEGE_ATTACKS,
  ...LIMIT_ATTACKS,
];
