import { hostNamespace } from '../checks';
import type { Rule } from '../rule';

/** No service opts out of the engine's user namespace. */
export const hostUserNamespace: Rule = {
  id: 'host-user-namespace',
  title: 'No service opts out of user namespaces',
  severity: 'error',
  acknowledgeable: false,
  why: 'Where the engine maps container users to unprivileged host users, this switches the mapping off: root inside is root outside.',
  fix: 'remove userns_mode; the engine’s own setting then holds',
  threats: ['K1', 'K2'],
  controls: ['least-privilege', 'kernel-confinement'],
  check: hostNamespace('userns_mode'),
};
