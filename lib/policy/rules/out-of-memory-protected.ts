import { eachService } from '../checks';
import type { Rule } from '../rule';
import { mayBeTrue, numberOf, show } from '../values';

/** When memory runs out, the agent goes first. */
export const outOfMemoryProtected: Rule = {
  id: 'out-of-memory-protected',
  title: 'A service is not protected from the out-of-memory killer',
  severity: 'error',
  acknowledgeable: true,
  why: 'When a protected agent takes too much memory the kernel ends other programs of the host, or hangs.',
  fix: 'remove oom_kill_disable and negative values of oom_score_adj',
  threats: ['K5'],
  controls: ['resource-limits'],
  check: eachService(({ oom_kill_disable: disabled, oom_score_adj: score }) => {
    if (disabled !== undefined && mayBeTrue(disabled)) {
      return { property: 'oom_kill_disable', message: `received ${show(disabled)}` };
    }
    if (score === undefined || (numberOf(score) ?? -1) >= 0) return undefined;
    return { property: 'oom_score_adj', message: `received ${show(score)}; allowed is 0 or more` };
  }),
};
