import { refersTo } from '../checks';
import type { Rule } from '../rule';

/** No socket through which the user's own session answers. */
export const sessionSocketMounted: Rule = {
  id: 'session-socket-mounted',
  title:
    'No socket of an SSH agent, GPG agent, keyring or D-Bus is mounted, nor a folder that holds one',
  severity: 'error',
  acknowledgeable: false,
  why: 'Through these sockets an agent signs in and signs commits as you, unlocks your keyring, or asks your session to start programs outside.',
  fix: 'remove the mount; take changes out of the output folder and push them yourself',
  threats: ['F3', 'F4'],
  controls: ['key-custody'],
  check: refersTo('session-socket'),
};
