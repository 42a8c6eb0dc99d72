import { eachService } from '../checks';
import type { Rule } from '../rule';
import { keywordOf, numberOf, recordOf, show } from '../values';

const BOUNDED = /^(?:no|on-failure:[1-9]\d*)$/;

/** A container that goes on failing stays down. */
export const restartUnbounded: Rule = {
  id: 'restart-unbounded',
  title: 'A service is restarted a limited number of times',
  severity: 'warning',
  acknowledgeable: true,
  why: 'A container that is always restarted hides its crashes, and comes back after an emergency stop when the engine is restarted.',
  fix: 'use restart on-failure:5, or no',
  threats: ['K4'],
  controls: ['monitoring'],
  check: eachService(({ restart, deploy }) => {
    if (BOUNDED.test(keywordOf(restart) ?? '')) return undefined;
    const { condition, max_attempts: attempts } = recordOf(recordOf(deploy).restart_policy);
    if (keywordOf(condition) === 'none' || (numberOf(attempts) ?? 0) > 0) return undefined;
    return { property: 'restart', message: `received restart ${show(restart)}` };
  }),
};
