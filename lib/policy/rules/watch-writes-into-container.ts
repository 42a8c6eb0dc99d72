import { eachService } from '../checks';
import type { Rule } from '../rule';
import { keywordOf, listOf, recordOf, show } from '../values';

/** Files come in by mounts, which are read-only. */
export const watchWritesIntoContainer: Rule = {
  id: 'watch-writes-into-container',
  title: 'No watch copies files into the container or runs commands in it',
  severity: 'warning',
  acknowledgeable: true,
  why: 'A watch copies whatever changes under its path into the running container, new secrets too, and past the mounts that were reviewed.',
  fix: 'remove develop.watch; a ReadOnlyMount shows changes at once',
  threats: ['F2'],
  controls: ['configuration-management'],
  check: eachService((service) => {
    if (!service.develop) return undefined;
    return listOf(recordOf(service.develop).watch).flatMap((watch, index) => {
      const { action, path } = recordOf(watch);
      if (keywordOf(action) === 'rebuild' || keywordOf(action) === 'restart') return [];
      const message = `copies changes of ${show(path)} into the container`;
      return [{ property: `develop.watch.${index}`, message }];
    });
  }),
};
