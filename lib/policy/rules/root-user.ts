import { UNKNOWN, readingOf } from '../interpolate';
import { eachService } from '../checks';
import type { Rule } from '../rule';
import { parseUser } from '../user-spec';
import { show } from '../values';

/** Every service runs as a numeric user that is not root. */
export const rootUser: Rule = {
  id: 'root-user',
  title: 'A service runs as a numeric user that is not root',
  severity: 'error',
  acknowledgeable: true,
  why: 'Root inside is root in every bug of the kernel and the engine, and its files on a mount are root’s on the host.',
  fix: 'give the user as numbers, such as { uid: 1000, gid: 1000 }',
  threats: ['K1', 'K2', 'F8'],
  controls: ['least-privilege'],
  check: eachService(({ user }) => {
    const text = readingOf(user)?.trim();
    if (text === undefined || text === '') {
      const message = 'received no user, which means the image’s: root in most images';
      return { property: 'user', message };
    }
    // A variable that must be set is checked by the health check, when the sandbox runs.
    if (text.startsWith(UNKNOWN)) return undefined;
    const { uid } = parseUser(text);
    if (uid === undefined) {
      const message = `received user ${show(user)}, a name; only the image knows which user that is`;
      return { property: 'user', message };
    }
    return uid === 0 ? { property: 'user', message: `received user ${show(user)}` } : undefined;
  }),
};
