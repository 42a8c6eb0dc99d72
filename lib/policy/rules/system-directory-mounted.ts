import { refersTo } from '../checks';
import type { Rule } from '../rule';

/** No folder of the host's own system. */
export const systemDirectoryMounted: Rule = {
  id: 'system-directory-mounted',
  title: 'No system folder of the host is mounted',
  severity: 'error',
  acknowledgeable: true,
  why: 'System folders tell an agent what runs on the host and how, and where they can be written they are the host.',
  fix: 'copy what is needed into the image',
  threats: ['F4', 'K3'],
  controls: ['read-only', 'least-privilege'],
  check: refersTo('system', true),
};
