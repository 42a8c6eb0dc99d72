import { eachService } from '../checks';
import type { Rule } from '../rule';
import { show } from '../values';

/** A container lies in the control group that the engine makes for it. */
export const cgroupParentSet: Rule = {
  id: 'cgroup-parent-set',
  title: 'The control group is the engine’s own choice',
  severity: 'error',
  acknowledgeable: true,
  why: 'In another control group other limits hold, and what watches the usual one does not see the container.',
  fix: 'remove cgroup_parent',
  threats: ['K4', 'K5'],
  controls: ['resource-limits'],
  check: eachService(({ cgroup_parent: parent }) =>
    parent === undefined
      ? undefined
      : { property: 'cgroup_parent', message: `received cgroup_parent ${show(parent)}` },
  ),
};
