import { EnvRef } from '../../core/env-ref';
import { eachService } from '../checks';
import type { Rule } from '../rule';
import { isSandboxRuntime } from '../runtimes';
import { show } from '../values';

/** At level 3, a reminder that the second kernel depends on who starts the sandbox. */
export const gvisorOptional: Rule = {
  id: 'gvisor-optional',
  title: 'A service runs on gVisor or Kata by default',
  severity: { 1: 'off', 2: 'off', 3: 'note' },
  acknowledgeable: true,
  why: 'Where the variable is not set the agent runs on the host’s own kernel, and nothing in the file says so.',
  fix: 'set the variable on every host that has gVisor, or use runtime runsc where all have it',
  threats: ['K7'],
  controls: ['kernel-confinement'],
  check: eachService(({ runtime }) =>
    EnvRef.is(runtime) && !isSandboxRuntime(runtime)
      ? { property: 'runtime', message: `received runtime ${show(runtime)}` }
      : undefined,
  ),
};
