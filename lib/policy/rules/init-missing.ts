import { eachService } from '../checks';
import type { Rule } from '../rule';
import { isTrue, show } from '../values';

/** A stop takes well under a second. */
export const initMissing: Rule = {
  id: 'init-missing',
  title: 'A service has an init process',
  severity: 'warning',
  acknowledgeable: true,
  why: 'Without an init nobody passes a stop on to the agent’s children, so that it takes ten seconds, and dead processes fill the limit.',
  fix: 'remove the override of init; SandboxService writes true',
  threats: ['K4'],
  controls: ['monitoring'],
  check: eachService(({ init }) =>
    isTrue(init)
      ? undefined
      : { property: 'init', message: `received init ${show(init)}; allowed is true` },
  ),
};
