import { eachService } from '../checks';
import { limitOf } from '../limits';
import type { Rule } from '../rule';
import { numberOf, show } from '../values';

/** Processes end where the limit says. */
export const pidsLimitMissing: Rule = {
  id: 'pids-limit-missing',
  title: 'A service has a limit of processes',
  severity: 'error',
  acknowledgeable: true,
  why: 'A fork bomb takes every process id of the host, and nobody can even log in to stop it. The nproc ulimit counts per host user and is no substitute.',
  fix: 'give resources a number of pids, such as 256',
  threats: ['K4'],
  controls: ['resource-limits'],
  check: eachService((service) => {
    const limit = service.pids_limit ?? limitOf(service, 'pids');
    if ((numberOf(limit) ?? 0) > 0) return undefined;
    return { property: 'pids_limit', message: `received a limit of ${show(limit)} processes` };
  }),
};
