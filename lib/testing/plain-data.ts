/**
 * A Compose document as plain data, in the key order of the generated file: text as the container
 * sees it, and values known only at start in Compose's own syntax (`${NAME:-default}`).
 */
import { EnvRef } from '../core/env-ref';
import { orderedKeys } from '../compose/key-order';
import { setOwn } from '../compose/schema';

/** From the document in memory. */
export function plainData(value: unknown): unknown {
  return copy(value, [], (leaf) => leaf);
}

/** From the parsed compose file, in which every literal `$` is doubled. */
export function plainDataOfFile(value: unknown): unknown {
  return copy(value, [], (leaf) => (typeof leaf === 'string' ? unescapeText(leaf) : leaf));
}

function copy(value: unknown, path: readonly string[], leaf: (value: unknown) => unknown): unknown {
  if (EnvRef.is(value)) return value.toString();
  if (Array.isArray(value)) return value.map((item) => copy(item, [...path, '*'], leaf));
  if (typeof value !== 'object' || value === null) return leaf(value);
  const result = {};
  for (const key of orderedKeys(value, path)) {
    const inner = (value as Record<string, unknown>)[key];
    if (inner !== undefined) setOwn(result, key, copy(inner, [...path, key], leaf));
  }
  return result;
}

/** A text with a reference in it stays as it is written, as it does in memory. */
function unescapeText(text: string): string {
  const withoutEscapes = text.replaceAll('$$', '');
  return withoutEscapes.includes('$') ? text : text.replaceAll('$$', '$');
}
