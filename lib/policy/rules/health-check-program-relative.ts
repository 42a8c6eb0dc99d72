import { eachService } from '../checks';
import type { Rule } from '../rule';
import { listOf, recordOf, show, textOf } from '../values';

/** The program is found without a search. */
export const healthCheckProgramRelative: Rule = {
  id: 'health-check-program-relative',
  title: 'The health check names its program by an absolute path',
  severity: 'warning',
  acknowledgeable: true,
  why: 'A program without a path is searched in PATH, and a folder on it that the agent can write to comes first.',
  fix: 'write /usr/bin/python3 for python3',
  threats: ['S2'],
  controls: ['monitoring'],
  check: eachService((service) => {
    const { test } = recordOf(service.healthcheck);
    if (!Array.isArray(test) || test[0] !== 'CMD') return undefined;
    const program = textOf(listOf(test)[1]);
    if (program === undefined || program.startsWith('/')) return undefined;
    return { property: 'healthcheck.test', message: `runs ${show(program)}` };
  }),
};
