import { capabilitiesOf } from '../capabilities';
import { eachService } from '../checks';
import type { Rule } from '../rule';
import { show } from '../values';

/** No capability, not even the engine's defaults. */
export const capabilitiesNotDropped: Rule = {
  id: 'capabilities-not-dropped',
  title: 'All capabilities are dropped',
  severity: 'error',
  acknowledgeable: true,
  why: 'The engine’s defaults let root inside open raw sockets, change owners and bypass file permissions.',
  fix: 'remove the override of cap_drop; SandboxService writes ALL',
  threats: ['K1', 'F7'],
  controls: ['least-privilege'],
  check: eachService(({ cap_drop: dropped }) => {
    if (capabilitiesOf(dropped).includes('ALL')) return undefined;
    return {
      property: 'cap_drop',
      message: `received cap_drop ${show(dropped)}; allowed is ["ALL"]`,
    };
  }),
};
