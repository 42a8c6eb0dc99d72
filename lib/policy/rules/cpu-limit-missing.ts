import { eachService } from '../checks';
import { limitOf } from '../limits';
import type { Rule } from '../rule';
import { numberOf, show } from '../values';

/** Computing time ends where the limit says. */
export const cpuLimitMissing: Rule = {
  id: 'cpu-limit-missing',
  title: 'A service has a CPU limit',
  severity: 'error',
  acknowledgeable: true,
  why: 'Without a limit one agent takes all processors of the host, for mining or by accident.',
  fix: 'give resources a number of cpus, such as 2',
  threats: ['K4'],
  controls: ['resource-limits'],
  check: eachService((service) => {
    const limit = service.cpus ?? service.cpu_quota ?? limitOf(service, 'cpus');
    if ((numberOf(limit) ?? 0) > 0) return undefined;
    return { property: 'cpus', message: `received a CPU limit of ${show(limit)}` };
  }),
};
