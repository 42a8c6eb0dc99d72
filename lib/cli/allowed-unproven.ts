/** `--allow-unproven ID=REASON`: walls that may stay unproven, and why. */
import { reasonProblem } from '../core/acknowledgement-reason';
import { closest } from '../core/suggest';
import { PROBES } from '../engine/probes';
import { usageError } from './exit-code';

/**
 * Reasons by probe.
 *
 * @throws CommandError for an unknown probe, and for one without a good reason; all at once
 */
export function allowedUnproven(given: readonly string[]): ReadonlyMap<string, string> {
  const ids = PROBES.map(({ id }) => id);
  const allowed = new Map<string, string>();
  const problems: string[] = [];
  for (const each of given) {
    const at = each.indexOf('=');
    const id = at < 0 ? each : each.slice(0, at);
    const reason = at < 0 ? '' : each.slice(at + 1);
    const problem = ids.includes(id) ? reasonProblem(reason) : unknown(id, ids);
    if (problem === undefined) allowed.set(id, reason);
    else problems.push(`received --allow-unproven ${each}: ${problem}`);
  }
  if (problems.length === 0) return allowed;
  const how = "give it as ID=REASON, for example K8='the vendor patches this host'";
  throw usageError('USAGE', [...problems, how].join('\n'));
}

function unknown(id: string, ids: readonly string[]): string {
  const guess = closest(id.toUpperCase(), ids);
  return `there is no wall ${id}; there are ${ids.join(', ')}${guess ? `; did you mean ${guess}?` : ''}`;
}
