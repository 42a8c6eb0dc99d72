import { eachService } from '../checks';
import type { Rule } from '../rule';
import { keywordOf, recordOf } from '../values';

/** Builds have a network of their own. */
export const buildHostNetwork: Rule = {
  id: 'build-host-network',
  title: 'No image is built on the host’s network',
  severity: 'warning',
  acknowledgeable: true,
  why: 'Build steps, and the packages they install, then reach every service on the host that trusts it.',
  fix: 'remove build.network; give the build a proxy and CA certificates where the network needs them',
  threats: ['N6'],
  controls: ['network-boundary'],
  check: eachService(({ build }) =>
    keywordOf(recordOf(build).network) === 'host'
      ? { property: 'build.network', message: 'received network "host"' }
      : undefined,
  ),
};
