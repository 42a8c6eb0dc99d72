import { eachService } from '../checks';
import { containerPath, isWithin } from '../container-path';
import type { Rule } from '../rule';
import { listOf, recordOf, textOf } from '../values';

/** What the health check runs is what the image has there. */
export const healthCheckShadowed: Rule = {
  id: 'health-check-shadowed',
  title: 'No mount lies over what the health check runs',
  severity: 'error',
  acknowledgeable: true,
  why: 'A mount over the script or its interpreter answers in their place.',
  fix: 'choose another target for the mount',
  threats: ['S2'],
  controls: ['monitoring'],
  check: eachService((service, { mounts }) => {
    if (mounts.length === 0) return undefined;
    const files = listOf(recordOf(service.healthcheck).test)
      .map((word) => containerPath(textOf(word)))
      .filter((path) => path !== undefined);
    if (files.length === 0) return undefined;
    return mounts.flatMap(({ target, property }) => {
      const file = target && files.find((one) => isWithin(one, target));
      if (!file) return [];
      return [{ property, message: `the mount at ${target} hides ${file} of the health check` }];
    });
  }),
};
