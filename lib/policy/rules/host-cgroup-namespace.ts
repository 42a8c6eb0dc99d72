import { hostNamespace } from '../checks';
import type { Rule } from '../rule';

/** No service sees the control groups of the host. */
export const hostCgroupNamespace: Rule = {
  id: 'host-cgroup-namespace',
  title: 'No service uses the control group namespace of the host',
  severity: 'error',
  acknowledgeable: false,
  why: 'The host’s control groups name every container on it, and have been a way out of containers before (release_agent).',
  fix: 'remove cgroup, or set it to private',
  threats: ['K3', 'K8'],
  controls: ['least-privilege', 'kernel-confinement'],
  check: hostNamespace('cgroup'),
};
