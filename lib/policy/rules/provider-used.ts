import { eachService } from '../checks';
import type { Rule } from '../rule';
import { recordOf, show } from '../values';

/** Compose starts containers, and no programs on the host. */
export const providerUsed: Rule = {
  id: 'provider-used',
  title: 'No service is run by a provider program on the host',
  severity: 'error',
  acknowledgeable: true,
  why: 'Compose starts the provider’s program on the host, as you, outside of every wall.',
  fix: 'remove provider; describe the service as a container',
  threats: ['F1'],
  controls: ['least-privilege'],
  check: eachService(({ provider }) =>
    provider === undefined
      ? undefined
      : { property: 'provider', message: `runs ${show(recordOf(provider).type)} on the host` },
  ),
};
