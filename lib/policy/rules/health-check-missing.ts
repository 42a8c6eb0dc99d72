import { eachService } from '../checks';
import type { Rule } from '../rule';
import { keywordOf, listOf, mayBeTrue, recordOf, show } from '../values';

/** Somebody asks, every half minute, whether the walls stand. */
export const healthCheckMissing: Rule = {
  id: 'health-check-missing',
  title: 'A service has a health check',
  severity: 'error',
  acknowledgeable: true,
  why: 'Without one nobody notices from inside that a wall is gone: a network attached later, a root that became writable.',
  fix: 'remove the override of healthcheck; SandboxService has a HealthMonitor',
  threats: ['N13', 'S2'],
  controls: ['monitoring'],
  check: eachService((service) => {
    const { test, disable } = recordOf(service.healthcheck);
    const first = keywordOf(listOf(test)[0]);
    if (mayBeTrue(disable)) {
      return { property: 'healthcheck.disable', message: `received disable ${show(disable)}` };
    }
    if (first !== undefined && first !== '' && first !== 'none') return undefined;
    return {
      property: 'healthcheck',
      message: `received ${service.healthcheck === undefined ? 'no healthcheck' : `the test ${show(test)}`}`,
    };
  }),
};
