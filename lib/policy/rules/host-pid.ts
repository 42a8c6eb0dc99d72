import { hostNamespace } from '../checks';
import type { Rule } from '../rule';

/** No service sees the processes of the host. */
export const hostPid: Rule = {
  id: 'host-pid',
  title: 'No service uses the process ids of the host',
  severity: 'error',
  acknowledgeable: false,
  why: 'Among the host’s processes an agent can read their environment and arguments, signal them, and reach their files through /proc.',
  fix: 'remove pid; a container has process ids of its own by default',
  threats: ['K3', 'S1'],
  controls: ['least-privilege', 'kernel-confinement'],
  check: hostNamespace('pid'),
};
