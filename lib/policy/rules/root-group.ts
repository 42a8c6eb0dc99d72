import { readingOf, UNKNOWN } from '../interpolate';
import { eachService } from '../checks';
import type { Rule } from '../rule';
import { parseUser } from '../user-spec';
import { keywordOf, listOf, show } from '../values';

/** Groups that own more than their name says, where the image or the host has them. */
const POWERFUL = new Set(
  'root 0 wheel sudo admin adm docker podman lxd incus libvirt kvm disk shadow sys kmem mem tty'.split(
    ' ',
  ),
);

/** No process is in root's group, or in one that is as good. */
export const rootGroup: Rule = {
  id: 'root-group',
  title: 'A service is in a group of its own, not root’s or another powerful one',
  severity: 'error',
  acknowledgeable: true,
  why: 'Much on a host is readable, and some is writable, for group 0; the docker and disk groups are as good as root.',
  fix: 'give the user a group of its own, such as { uid: 1000, gid: 1000 }, and leave group_add out',
  threats: ['K1', 'F4'],
  controls: ['least-privilege'],
  check: eachService(({ user, group_add: added }) => {
    const powerful = listOf(added).find((group) => POWERFUL.has(keywordOf(group) ?? '0'));
    if (powerful !== undefined) {
      return { property: 'group_add', message: `adds the group ${show(powerful)}` };
    }
    const text = readingOf(user)?.trim();
    if (text === undefined || text === '' || text.includes(UNKNOWN)) return undefined;
    const { uid, gid, hasGroup } = parseUser(text);
    if (uid === 0) return undefined;
    if (gid === 0)
      return { property: 'user', message: `received user ${show(user)}: group 0 is root’s` };
    if (hasGroup) return undefined;
    const message = `received user ${show(user)} without a group; the engine then takes root’s unless the image knows the user`;
    return { property: 'user', message };
  }),
};
