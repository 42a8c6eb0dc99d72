import { eachHostReference } from '../checks';
import type { Rule } from '../rule';

/** What is mounted can be reviewed. */
export const mountSourceFromEnvironment: Rule = {
  id: 'mount-source-from-environment',
  title: 'No host path is left to an environment variable',
  severity: 'error',
  acknowledgeable: true,
  why: 'Mount rules see only the default of a variable; started with another value, the sandbox may mount a home folder or the whole disk.',
  fix: 'write the path itself, relative to the project',
  threats: ['F3', 'F4'],
  controls: ['configuration-management'],
  check: eachHostReference(({ use, source }) =>
    source.fromEnvironment ? `${use} ${source.shown}, which is known only at start` : undefined,
  ),
};
