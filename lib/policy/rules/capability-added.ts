import { capabilitiesOf, isHarmless } from '../capabilities';
import { eachService } from '../checks';
import type { Rule } from '../rule';

/** Capabilities that open nothing by themselves. */
export const capabilityAdded: Rule = {
  id: 'capability-added',
  title: 'No capability is added',
  severity: 'warning',
  acknowledgeable: true,
  why: 'Each capability is a part of root, and one that nobody uses is one that only an attacker uses.',
  fix: 'remove it from capabilities',
  threats: ['K1'],
  controls: ['least-privilege'],
  check: eachService(({ cap_add: added }) => {
    if (added === undefined) return undefined;
    const harmless = capabilitiesOf(added).filter(isHarmless);
    if (harmless.length === 0) return undefined;
    return { property: 'cap_add', message: `adds ${harmless.join(', ')}` };
  }),
};
