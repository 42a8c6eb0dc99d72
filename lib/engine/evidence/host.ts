/** Whether a container's processes are processes of this very host, and their control groups. */
import { readText } from '../../core/files';
import type { ContainerInspect } from '../api';
import type { Fact } from '../verdict';

/** Runtimes with a kernel of their own: the host's /proc shows that kernel, and nothing inside it. */
const OWN_KERNEL = /runsc|gvisor|kata/i;

/** The container's first process, as this host numbers it. */
export function findHostPid(container: ContainerInspect): Fact<number> {
  const { Runtime } = container.HostConfig;
  if (OWN_KERNEL.test(Runtime)) {
    return { unseen: `${Runtime} has a kernel of its own, which the host cannot look into` };
  }
  return findOuterPid(container);
}

/**
 * The process of this host whose control group is the container's: its first one, or the one that is
 * its kernel.
 */
export function findOuterPid({ Id, State }: ContainerInspect): Fact<number> {
  if (State.Pid <= 0) return { unseen: 'it has no process' };
  const text = readText(`/proc/${State.Pid}/cgroup`);
  if (text?.includes(Id)) return { seen: State.Pid };
  return {
    unseen:
      'no control group of its own on this host: the engine runs elsewhere, or its runtime ignores them',
  };
}

/** Where a controller keeps the files of a process; `v2` is the one tree of control groups v2. */
export function controlGroups(pid: number): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  for (const line of (readText(`/proc/${pid}/cgroup`) ?? '').split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path === undefined || controllers === undefined) continue;
    if (controllers === '') groups.set('v2', `/sys/fs/cgroup${path}`);
    for (const name of controllers.split(',')) {
      if (name !== '') groups.set(name, `/sys/fs/cgroup/${controllers}${path}`);
    }
  }
  return groups;
}
