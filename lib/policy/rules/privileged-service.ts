import { eachService } from '../checks';
import type { Rule } from '../rule';
import { listOf, mayBeTrue, recordOf, show } from '../values';

/** No service, and no hook of one, runs privileged. */
export const privilegedService: Rule = {
  id: 'privileged-service',
  title: 'No service and no lifecycle hook runs privileged',
  severity: 'error',
  acknowledgeable: false,
  why: 'A privileged container has every capability, every device and no seccomp or AppArmor profile; leaving it takes one mount command.',
  fix: 'remove privileged; add the one capability or device that is needed, and acknowledge that',
  threats: ['K1', 'K2', 'K3'],
  controls: ['least-privilege', 'kernel-confinement'],
  check: eachService((service) => {
    const privileged = [
      { property: 'privileged', value: service.privileged },
      ...hooks(service.post_start, 'post_start'),
      ...hooks(service.pre_stop, 'pre_stop'),
      ...listOf(recordOf(service.develop).watch).map((watch, index) => ({
        property: `develop.watch.${index}.exec.privileged`,
        value: recordOf(recordOf(watch).exec).privileged,
      })),
    ].filter(({ value }) => mayBeTrue(value));
    return privileged.map(({ property, value }) => ({
      property,
      message: `received privileged ${show(value)}; allowed is false`,
    }));
  }),
};

function hooks(value: unknown, key: string) {
  return listOf(value).map((hook, index) => ({
    property: `${key}.${index}.privileged`,
    value: recordOf(hook).privileged,
  }));
}
