import { eachService } from '../checks';
import type { Rule } from '../rule';
import { listOf, show } from '../values';

/** Mounts are written where they are used. */
export const volumesFrom: Rule = {
  id: 'volumes-from',
  title: 'No service takes over the mounts of another container',
  severity: 'error',
  acknowledgeable: true,
  why: 'Whatever that container has mounted, an agent has too, and no mount rule can see it.',
  fix: 'give the service the mounts that it needs',
  threats: ['F3', 'F4', 'N12'],
  controls: ['agent-separation'],
  check: eachService((service) => {
    if (listOf(service.volumes_from).length === 0) return undefined;
    return { property: 'volumes_from', message: `received ${show(service.volumes_from)}` };
  }),
};
