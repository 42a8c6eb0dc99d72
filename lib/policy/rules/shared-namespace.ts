import { eachService } from '../checks';
import type { Rule } from '../rule';
import { keywordOf, show } from '../values';

const KEYS = ['network_mode', 'pid', 'ipc', 'uts', 'userns_mode', 'cgroup'] as const;
const OTHERS = /^(?:container|service|ns):/;

/** No service moves into the namespaces of another container. */
export const sharedNamespace: Rule = {
  id: 'shared-namespace',
  title: 'No service shares a network, process or memory namespace with another container',
  severity: 'error',
  acknowledgeable: false,
  why: 'Inside another container’s namespaces an agent has that container’s network, processes and memory, and this sandbox’s walls no longer say anything.',
  fix: 'remove the setting; let services meet through a socket on a small shared volume',
  threats: ['N1', 'N12', 'S1'],
  controls: ['agent-separation'],
  check: eachService((service) => {
    const shared = KEYS.filter((key) => OTHERS.test(keywordOf(service[key]) ?? ''));
    if (shared.length === 0) return undefined;
    return shared.map((key) => ({
      property: key,
      message: `received ${key} ${show(service[key])}, the namespace of another container`,
    }));
  }),
};
