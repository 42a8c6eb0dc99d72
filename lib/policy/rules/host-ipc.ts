import { hostNamespace } from '../checks';
import type { Rule } from '../rule';

/** No service shares memory with the host. */
export const hostIpc: Rule = {
  id: 'host-ipc',
  title: 'No service uses the shared memory of the host',
  severity: 'error',
  acknowledgeable: false,
  why: 'Shared memory of the host holds data of databases, browsers and display servers, to read and to change.',
  fix: 'use ipc private',
  threats: ['K3', 'S1'],
  controls: ['least-privilege', 'kernel-confinement'],
  check: hostNamespace('ipc'),
};
