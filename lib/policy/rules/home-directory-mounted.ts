import { refersTo } from '../checks';
import type { Rule } from '../rule';

/** No home folder, and no folder that holds them. */
export const homeDirectoryMounted: Rule = {
  id: 'home-directory-mounted',
  title: 'No home folder is mounted or built from, nor a folder that holds one',
  severity: 'error',
  acknowledgeable: false,
  why: 'A home folder holds SSH keys, cloud logins, browser profiles and shell start files; reading them is theft, writing them runs code as you.',
  fix: 'mount the project’s own folder below it',
  threats: ['F4'],
  controls: ['least-privilege', 'key-custody'],
  check: refersTo('home'),
};
