import { eachService } from '../checks';
import { weaknessOf } from '../health-test';
import type { Rule } from '../rule';
import { keywordOf, listOf, recordOf } from '../values';

/** A check that an agent cannot answer in its place. */
export const healthCheckWeak: Rule = {
  id: 'health-check-weak',
  title:
    'The health check runs a program of its own, without a shell and isolated from the agent’s files',
  severity: 'error',
  acknowledgeable: true,
  why: 'A check through a shell, inline code, or a Python that imports from the working folder says "healthy" as soon as an agent wants it to.',
  fix: 'use a HealthMonitor: CMD python3 -I -S and the absolute path of a root-owned script',
  threats: ['S2'],
  controls: ['monitoring'],
  check: eachService((service) => {
    const { test } = recordOf(service.healthcheck);
    const first = keywordOf(listOf(test)[0]);
    if (first === undefined || first === '' || first === 'none') return undefined;
    const weakness = weaknessOf(test);
    return weakness === undefined ? undefined : { property: 'healthcheck.test', message: weakness };
  }),
};
