import { eachService } from '../checks';
import type { Rule } from '../rule';
import { keywordOf, listOf, recordOf, show } from '../values';

/** A build may do what builds usually may. */
export const buildEntitlement: Rule = {
  id: 'build-entitlement',
  title: 'No build has extra entitlements',
  severity: 'error',
  acknowledgeable: true,
  why: 'Entitlements such as network.host and device give build steps, and the packages they install, what the engine keeps from them.',
  fix: 'remove build.entitlements',
  threats: ['N6', 'K3'],
  controls: ['least-privilege'],
  check: eachService(({ build }) => {
    if (build === undefined) return undefined;
    return listOf(recordOf(build).entitlements).flatMap((entitlement, index) => {
      // privileged-build has this one.
      if (keywordOf(entitlement) === 'security.insecure') return [];
      const message = `received the entitlement ${show(entitlement)}`;
      return [{ property: `build.entitlements.${index}`, message }];
    });
  }),
};
