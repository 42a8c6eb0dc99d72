import { eachService } from '../checks';
import type { Rule } from '../rule';
import { listOf, show } from '../values';

/** Variables stand in the document, where rules and people see them. */
export const envFileUsed: Rule = {
  id: 'env-file-used',
  title: 'No file of variables is read at start',
  severity: 'error',
  acknowledgeable: true,
  why: 'Such files are where keys are kept, and no rule or reviewer sees what is in them at start.',
  fix: 'write the variables into environment; keep keys in a gateway',
  threats: ['S1', 'F2'],
  controls: ['key-custody', 'configuration-management'],
  check: eachService((service) => {
    if (listOf(service.env_file).length === 0) return undefined;
    return { property: 'env_file', message: `reads ${show(service.env_file)}` };
  }),
};
