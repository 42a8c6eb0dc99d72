import { eachService } from '../checks';
import type { Rule } from '../rule';
import { keywordOf, listOf, mayBeTrue, recordOf, show } from '../values';

/** No build step runs privileged. */
export const privilegedBuild: Rule = {
  id: 'privileged-build',
  title: 'No image is built privileged or with the security.insecure entitlement',
  severity: 'error',
  acknowledgeable: false,
  why: 'A privileged build step is root on the host, and it runs whatever the Dockerfile and its packages say.',
  fix: 'remove build.privileged and the entitlement',
  threats: ['K1', 'K2'],
  controls: ['least-privilege'],
  check: eachService((service) => {
    if (service.build === undefined) return undefined;
    const build = recordOf(service.build);
    if (mayBeTrue(build.privileged)) {
      const message = `received privileged ${show(build.privileged)}; allowed is false`;
      return { property: 'build.privileged', message };
    }
    const index = listOf(build.entitlements).findIndex(
      (item) => keywordOf(item) === 'security.insecure',
    );
    if (index < 0) return undefined;
    const message = 'received the entitlement security.insecure, which makes the build privileged';
    return { property: `build.entitlements.${index}`, message };
  }),
};
