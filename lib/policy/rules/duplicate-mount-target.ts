import { eachService } from '../checks';
import type { Mount } from '../mounts';
import type { Rule, Violation } from '../rule';

/** Every path inside belongs to one mount. */
export const duplicateMountTarget: Rule = {
  id: 'duplicate-mount-target',
  title: 'No two mounts, tmpfs, secrets or configs have one target',
  severity: 'error',
  acknowledgeable: false,
  why: 'Which of the two an agent sees is up to the engine: a writable one may hide the read-only one that was reviewed.',
  fix: 'give one of them another target, or remove it',
  threats: ['F1', 'S2'],
  controls: ['configuration-management'],
  check: eachService((_, { mounts }) => {
    if (mounts.length < 2) return undefined;
    const first = new Map<string, Mount>();
    const violations: Violation[] = [];
    for (const mount of mounts) {
      if (mount.target === undefined) continue;
      const taken = first.get(mount.target);
      if (!taken) first.set(mount.target, mount);
      else {
        const message = `the target ${JSON.stringify(mount.target)} is already that of ${taken.property}`;
        violations.push({ property: mount.property, message });
      }
    }
    return violations.length > 0 ? violations : undefined;
  }),
};
