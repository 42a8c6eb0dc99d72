import { eachService } from '../checks';
import type { Rule } from '../rule';
import { listOf, show } from '../values';

/** The engine's list of devices stays as it is. */
export const deviceCgroupRules: Rule = {
  id: 'device-cgroup-rules',
  title: 'No further devices are allowed by control group rules',
  severity: 'error',
  acknowledgeable: true,
  why: 'A rule for all block devices lets whoever can make a device node read the disk of the host.',
  fix: 'remove device_cgroup_rules',
  threats: ['K3', 'F4'],
  controls: ['least-privilege'],
  check: eachService((service) => {
    const rules = service.device_cgroup_rules;
    if (listOf(rules).length === 0) return undefined;
    return { property: 'device_cgroup_rules', message: `received ${show(rules)}` };
  }),
};
