import { hostNamespace } from '../checks';
import type { Rule } from '../rule';

/** No service shares the host's name. */
export const hostUts: Rule = {
  id: 'host-uts',
  title: 'No service uses the host name namespace of the host',
  severity: 'error',
  acknowledgeable: false,
  why: 'With the host’s UTS namespace a container can read, and with one capability change, the name of the host that logs and certificates rely on.',
  fix: 'remove uts',
  threats: ['K3'],
  controls: ['least-privilege', 'kernel-confinement'],
  check: hostNamespace('uts'),
};
