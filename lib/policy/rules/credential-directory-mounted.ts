import { refersTo } from '../checks';
import type { Rule } from '../rule';

/** No place where credentials are kept. */
export const credentialDirectoryMounted: Rule = {
  id: 'credential-directory-mounted',
  title: 'No credential folder is mounted, read or built from, nor a folder that holds one',
  severity: 'error',
  acknowledgeable: false,
  why: 'A key that an agent can read is a key that code it was talked into running can send away, and use elsewhere long after the sandbox is gone.',
  fix: 'mount only the part without credentials (such as ~/.cargo/registry), and keep keys in a gateway',
  threats: ['F4', 'S1'],
  controls: ['key-custody'],
  check: refersTo('credentials'),
};
