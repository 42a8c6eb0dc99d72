import { bytesOf } from '../amounts';
import { eachService } from '../checks';
import { memoryLimit } from '../limits';
import type { Rule } from '../rule';
import { show } from '../values';

/** Memory ends where the limit says. */
export const memoryLimitMissing: Rule = {
  id: 'memory-limit-missing',
  title: 'A service has a memory limit',
  severity: 'error',
  acknowledgeable: true,
  why: 'Without a limit one agent takes the memory of the host, and the kernel ends other programs to make room.',
  fix: 'give resources a memory limit, such as Size.gibibytes(4)',
  threats: ['K5'],
  controls: ['resource-limits'],
  check: eachService((service) => {
    const limit = memoryLimit(service);
    if ((bytesOf(limit) ?? 0) > 0) return undefined;
    return { property: 'mem_limit', message: `received a memory limit of ${show(limit)}` };
  }),
};
