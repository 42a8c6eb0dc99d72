/** The check that rules about namespaces of the host share. */
import { eachService } from './checks';
import type { Rule } from './rule';
import { keywordOf } from './values';

/** Finds services that use the host's namespace of a kind. */
export function hostNamespace(
  key: 'pid' | 'ipc' | 'uts' | 'userns_mode' | 'cgroup',
): Rule['check'] {
  return eachService((service) => {
    if (service[key] === undefined || keywordOf(service[key]) !== 'host') return undefined;
    return { property: key, message: `received ${key} "host"` };
  });
}
