/**
 * Mounts inside other mounts. One of nothing (an empty tmpfs, /dev/null) hides what the outer one holds
 * there, such as secrets in the source; a read-only one protects it. Taking such a mount away broadens.
 */
import type { Effect, Verdict } from './change';
import type { Subject } from './classifier';
import { targetAbove, targetsOf } from './mount-list';
import type { Plain } from './values';

/** True when the service has another mount around this target. */
export function isInside(target: string, service: Plain): boolean {
  return targetAbove(targetsOf(service).keys(), target) !== undefined;
}

/** What it means that a mount is gone; `empty` for one that showed nothing. */
export function removedMount(
  target: string,
  mount: { readonly value: unknown; readonly empty: boolean; readonly readOnly: boolean },
  { name, after }: Subject,
): Verdict {
  const verdict = (effect: Effect, summary: string): Verdict => {
    return { before: mount.value, after: undefined, effect, summary };
  };
  const targets = targetsOf(after);
  if (targets.has(target)) {
    return verdict('neutral', `${name} has something else mounted at ${target} now`);
  }
  const around = targetAbove(targets.keys(), target);
  if (around === undefined) {
    return verdict('narrows', `${name} has nothing mounted at ${target} any more`);
  }
  if (mount.empty) return verdict('broadens', `${target} is no longer hidden from ${name}`);
  if (mount.readOnly && !targets.get(around)!.readOnly) {
    return verdict('broadens', `${name} can now write to ${target} (was read-only in ${around})`);
  }
  return verdict('broadens', `${name} sees at ${target} what ${around} holds there now`);
}
