/** Values of a Compose document in the forms that can be compared, whichever way they were spelt. */
import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../core/is-object';
import { escapeActive } from '../../core/quote';

export type Plain = Readonly<Record<string, unknown>>;

export const same: (a: unknown, b: unknown) => boolean = isDeepStrictEqual;

/** The value of a key of a map; `undefined` for anything else. */
export function get(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A value that Compose fills in when the sandbox is started. */
export function isVariable(value: unknown): boolean {
  return typeof value === 'string' && /(?:^|[^$])(?:\$\$)*\$(?:\{|[A-Za-z_])/.test(value);
}

/** One value, or a list of them, as a list. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** A list of texts as a set, each in one spelling. */
export function textsOf(value: unknown, spelling = (text: string) => text): Set<string> {
  return new Set(listOf(value).map((item) => spelling(grantOf(item))));
}

/** `SOURCE as TARGET` for what is given in the long syntax. */
function grantOf(item: unknown): string {
  const names = [get(item, 'source'), get(item, 'target')].filter((name) => name !== undefined);
  return names.length > 0 ? names.map(textOf).join(' as ') : textOf(item);
}

/** `[A=1, B]`, or a map, as a map from name to value. */
export function entriesOf(value: unknown): Map<string, unknown> {
  if (isObject(value)) return new Map(Object.entries(value));
  return new Map(
    listOf(value).map((item) => {
      const [, name, rest] = /^([^=]*)=?([^]*)$/.exec(textOf(item))!;
      return [name!, rest];
    }),
  );
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
};

/** `512m`, `4gb`, `100` in bytes; `undefined` for what is no amount. */
export function bytesOf(value: unknown): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)\s*([bkmgt]?)(?:i?b)?$/i.exec(textOf(value));
  const unit = match && UNITS[match[2]!.toLowerCase()];
  return unit === null || unit === undefined ? undefined : Number(match![1]) * unit;
}

/** A count, or a share of CPUs; `undefined` for what is none. */
export function numberOf(value: unknown): number | undefined {
  const text = textOf(value).trim();
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

/** Splits at a separator, but not inside of `${…}`. */
export function splitOutside(text: string, separator: ':' | ','): string[] {
  const parts: string[] = [];
  let [start, depth] = [0, 0];
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '{') depth += 1;
    if (text[index] === '}') depth -= 1;
    if (text[index] !== separator || depth > 0) continue;
    parts.push(text.slice(start, index));
    start = index + 1;
  }
  return [...parts, text.slice(start)];
}

const LONGEST = 80;

/** A value in a sentence: short, on one line, inert on a terminal. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const plain = typeof value === 'string' && /^[\w./:@=+,${}?%~*()-]+$/.test(value);
  const text = plain ? value : escapeActive(JSON.stringify(value));
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
