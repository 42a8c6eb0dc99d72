/** Finds the items that a list holds twice, for the many lists of the specification that forbid it. */
import { EnvRef } from '../core/env-ref';

export interface Repeat {
  readonly index: number;
  /** Index of the first equal item. */
  readonly first: number;
}

/** Lists up to this length, nearly all, are compared in pairs; longer ones through an index. */
const FEW = 16;

const NONE: readonly Repeat[] = [];

/** Equal as JSON Schema has it: by value, whatever the order of keys; 1 and "1" are different. */
export function repeatsIn(list: readonly unknown[]): readonly Repeat[] {
  if (list.length < 2) return NONE;
  return list.length <= FEW ? inPairs(list) : throughIndex(list);
}

function inPairs(list: readonly unknown[]): readonly Repeat[] {
  let repeats: Repeat[] | undefined;
  for (let index = 1; index < list.length; index++) {
    for (let first = 0; first < index; first++) {
      if (!isEqual(list[index], list[first])) continue;
      (repeats ??= []).push({ index, first });
      break;
    }
  }
  return repeats ?? NONE;
}

function throughIndex(list: readonly unknown[]): readonly Repeat[] {
  const seen = new Map<string, number>();
  const repeats: Repeat[] = [];
  for (let index = 0; index < list.length; index++) {
    const identity = JSON.stringify(canonical(list[index]));
    const first = seen.get(identity);
    if (first === undefined) seen.set(identity, index);
    else repeats.push({ index, first });
  }
  return repeats;
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (EnvRef.is(a) || EnvRef.is(b)) return EnvRef.is(a) && EnvRef.is(b) && `${a}` === `${b}`;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(b, key) &&
      isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

/** Gives the same JSON for equal values and only for them; a reference is not its text. */
function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (EnvRef.is(value)) return { reference: `${value}` };
  if (Array.isArray(value)) return value.map(canonical);
  const entries = Object.entries(value).map(([key, inner]) => [key, canonical(inner)] as const);
  return { entries: entries.sort(([a], [b]) => (a < b ? -1 : 1)) };
}
