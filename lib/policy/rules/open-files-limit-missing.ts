import { eachService } from '../checks';
import { hardUlimit } from '../limits';
import type { Rule } from '../rule';
import { numberOf, show } from '../values';

/** More is no limit: it is what the kernel allows by itself. */
const MOST = 1_048_576;

/** Open files end where the limit says. */
export const openFilesLimitMissing: Rule = {
  id: 'open-files-limit-missing',
  title: 'A service has a limit of open files',
  severity: 'error',
  acknowledgeable: true,
  why: 'Open files are memory of the kernel; the engine’s default is often a billion of them for each process.',
  fix: 'give resources a number of openFiles, such as 4096',
  threats: ['K6'],
  controls: ['resource-limits'],
  check: eachService((service) => {
    const limit = hardUlimit(service, 'nofile');
    const number = numberOf(limit) ?? 0;
    if (number > 0 && number <= MOST) return undefined;
    return { property: 'ulimits', message: `received the ulimit nofile ${show(limit)}` };
  }),
};
