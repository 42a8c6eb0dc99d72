import { refersTo } from '../checks';
import type { Rule } from '../rule';

/** The host's disk is not mounted. */
export const hostRootMounted: Rule = {
  id: 'host-root-mounted',
  title: 'Neither / nor a whole disk of the host is mounted or built from',
  severity: 'error',
  acknowledgeable: false,
  why: 'With the whole disk an agent reads every secret on the host, and with write access it owns the host.',
  fix: 'mount the one folder that is needed',
  threats: ['F1', 'F3', 'F4'],
  controls: ['least-privilege', 'read-only'],
  check: refersTo('root'),
};
