import { eachService } from '../checks';
import { hardUlimit } from '../limits';
import type { Rule } from '../rule';
import { numberOf, show } from '../values';

/** A crash leaves no copy of the memory behind. */
export const coreDumpsAllowed: Rule = {
  id: 'core-dumps-allowed',
  title: 'A service leaves no core dumps: the ulimit core is 0',
  severity: 'error',
  acknowledgeable: true,
  why: 'A core dump is a copy of memory, keys in it too; where it goes is the host’s setting, and often a program on the host.',
  fix: 'remove the override of ulimits; SandboxService sets core to 0',
  threats: ['K6', 'S1'],
  controls: ['resource-limits'],
  check: eachService((service) => {
    const limit = hardUlimit(service, 'core');
    if (numberOf(limit) === 0) return undefined;
    return { property: 'ulimits', message: `received the ulimit core ${show(limit)}` };
  }),
};
