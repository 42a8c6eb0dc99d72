/** What Compose is told besides the person's own environment. */
import type { EngineInfo } from './api';
import type { Environment } from './environment';
import { personOf, personVariables } from './person';

const GVISOR = 'runsc';

/**
 * The person's ids, and for Level 3 the runtime: gVisor where the engine has it. What the person set
 * already stays as it is.
 */
export function composeVariables(env: Environment, { Runtimes }: EngineInfo): Environment {
  const hasGvisor = Object.hasOwn(Runtimes ?? {}, GVISOR);
  return {
    ...env,
    ...personVariables(personOf(env)),
    ...(hasGvisor && env.SANDBOX_RUNTIME === undefined && { SANDBOX_RUNTIME: GVISOR }),
  };
}
