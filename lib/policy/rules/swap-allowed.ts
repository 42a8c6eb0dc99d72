import { isSameAmount } from '../amounts';
import { eachService } from '../checks';
import { memoryLimit } from '../limits';
import type { Rule } from '../rule';
import { show } from '../values';

/** Memory and swap together are as much as memory alone. */
export const swapAllowed: Rule = {
  id: 'swap-allowed',
  title: 'A service has no swap: memswap_limit equals the memory limit',
  severity: 'error',
  acknowledgeable: true,
  why: 'Swap takes as much again of the host’s disk, slows everybody down, and leaves what was in memory on the disk.',
  fix: 'remove the override of memswap_limit; SandboxService sets it to the memory limit',
  threats: ['K5'],
  controls: ['resource-limits'],
  check: eachService((service) => {
    const memory = memoryLimit(service);
    // Without a memory limit the limit is the first thing to mend.
    if (memory === undefined) return undefined;
    const swap: unknown = service.memswap_limit;
    if (isSameAmount(memory, swap)) return undefined;
    return {
      property: 'memswap_limit',
      message: `received memswap_limit ${show(swap)}; allowed is the memory limit, ${show(memory)}`,
    };
  }),
};
