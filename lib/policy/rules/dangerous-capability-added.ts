import { capabilitiesOf, isHarmless } from '../capabilities';
import { eachService } from '../checks';
import type { Rule } from '../rule';
import { show } from '../values';

/** Capabilities that a way out has been built on, and every unknown one. */
export const dangerousCapabilityAdded: Rule = {
  id: 'dangerous-capability-added',
  title: 'No capability is added that opens a way out',
  severity: 'error',
  acknowledgeable: true,
  why: 'SYS_ADMIN, SYS_PTRACE, DAC_READ_SEARCH, NET_ADMIN and their like are each a known way from inside a container to its host or its neighbours.',
  fix: 'remove it from capabilities; do what needs it in a service that the agent cannot touch',
  threats: ['K1', 'K2', 'F7'],
  controls: ['least-privilege'],
  check: eachService(({ cap_add: added }) => {
    if (added === undefined) return undefined;
    const dangerous = capabilitiesOf(added).filter((name) => !isHarmless(name));
    if (dangerous.length === 0) return undefined;
    return { property: 'cap_add', message: `adds ${show(dangerous.join(', '))}` };
  }),
};
