/** The check that rules about sensitive host paths share: each looks for one kind of path. */
import { eachHostReference } from './checks';
import type { HostReference } from './host-references';
import type { Rule } from './rule';
import type { PathKind } from './sensitive-paths';
import { show } from './values';

/** Finds every reference to a path of a kind; only mounts, where `mountsOnly` says so. */
export function refersTo(kind: PathKind, mountsOnly = false): Rule['check'] {
  return eachHostReference((reference) => {
    if (reference.source.verdict?.kind !== kind) return undefined;
    if (mountsOnly && reference.use !== 'mounts') return undefined;
    return describe(reference);
  });
}

function describe({ use, source }: HostReference): string {
  const { shown, resolved, verdict } = source;
  const leads = resolved.length > 1 ? `, which leads to ${show(resolved.at(-1))}` : '';
  return `${use} ${shown}${leads}: that ${verdict?.relation} ${verdict?.place}, ${verdict?.what}`;
}
