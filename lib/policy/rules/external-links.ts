import { eachService } from '../checks';
import type { Rule } from '../rule';
import { listOf, show } from '../values';

/** No container of another project. */
export const externalLinks: Rule = {
  id: 'external-links',
  title: 'No container outside of the sandbox is linked',
  severity: 'error',
  acknowledgeable: true,
  why: 'A link puts a container that this review does not cover, and its environment, within reach of the agent.',
  fix: 'remove external_links; run the service inside this sandbox',
  threats: ['N12'],
  controls: ['agent-separation'],
  check: eachService((service) => {
    if (listOf(service.external_links).length === 0) return undefined;
    return { property: 'external_links', message: `received ${show(service.external_links)}` };
  }),
};
