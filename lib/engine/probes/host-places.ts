/** What a path of this host is, by the same lists that synthesis goes by. */
import { canonicalPath } from '../../policy/canonical-path';
import { classifyPath } from '../../policy/classify-path';

/** @param real absolute, without symlinks */
export function classifySource(real: string): 'socket' | 'credentials' | undefined {
  const kind = classifyPath(canonicalPath(real))?.kind;
  if (kind === undefined) return undefined;
  return kind.endsWith('-socket') ? 'socket' : 'credentials';
}
