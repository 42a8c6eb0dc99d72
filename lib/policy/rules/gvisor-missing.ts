import { EnvRef } from '../../core/env-ref';
import { eachService } from '../checks';
import type { Rule } from '../rule';
import { isSandboxRuntime } from '../runtimes';
import { show } from '../values';

/** At level 3 the host's own kernel is not the agent's. */
export const gvisorMissing: Rule = {
  id: 'gvisor-missing',
  title: 'A service runs on gVisor or Kata, or can be started so',
  severity: { 1: 'off', 2: 'off', 3: 'warning' },
  acknowledgeable: true,
  why: 'One bug of the kernel is a way out of every container; gVisor and Kata put a second kernel in between.',
  fix: 'use runtime runsc, or a variable that a host with gVisor sets: EnvRef.optional("SANDBOX_RUNTIME", "runc")',
  threats: ['K7'],
  controls: ['kernel-confinement'],
  check: eachService(({ runtime }) => {
    if (EnvRef.is(runtime) || isSandboxRuntime(runtime)) return undefined;
    return { property: 'runtime', message: `received runtime ${show(runtime)}` };
  }),
};
