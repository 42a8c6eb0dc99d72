/**
 * Reads values of a final document. An override can have put anything anywhere, so nothing here
 * trusts a type: what does not fit reads as nothing, and never throws.
 */
import { EnvRef } from '../core/env-ref';
import { escapeActive } from '../core/quote';

const LONGEST = 80;
const TRUE = new Set(['true', 'y', 'yes', 'on', '1', 't']);
const FALSE = new Set(['false', 'n', 'no', 'off', '0', 'f', '']);

/** The text of a scalar; of an `EnvRef` what Compose uses when no variable is set. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return EnvRef.is(value) ? value.defaultValue : undefined;
}

/** The text in lower case without surrounding space, for keywords: ` Host` is `host`. */
export function keywordOf(value: unknown): string | undefined {
  return textOf(value)?.trim().toLowerCase();
}

/** True when the value says yes whatever the environment says. */
export function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && TRUE.has(value.trim().toLowerCase()));
}

/** True unless the value surely says no: an `EnvRef`, or a word that nobody knows, may be yes. */
export function mayBeTrue(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0) return false;
  return !(typeof value === 'string' && FALSE.has(value.trim().toLowerCase()));
}

/** A number as Compose reads it, also from text; of an `EnvRef` its default. */
export function numberOf(value: unknown): number | undefined {
  const text = textOf(value)?.trim();
  if (text === undefined || text === '') return undefined;
  const number = Number(text);
  return Number.isNaN(number) ? undefined : number;
}

/** The items of a list; a single value is a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return value === undefined || value === null ? NOTHING : [value];
}
const NOTHING: readonly unknown[] = [];

/** True for a map: no list, no `EnvRef`. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !EnvRef.is(value);
}

/** A map, or an empty one in place of anything else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : EMPTY;
}
const EMPTY: Readonly<Record<string, unknown>> = Object.freeze({});

/** Name, value and path of one entry of a map that Compose also lets one write as a list. */
export interface Entry {
  readonly name: string;
  /** `null` where no value is given. */
  readonly value: unknown;
  /** The key or index under which it stands. */
  readonly key: string;
}

/** The entries of `{ A: b }` or `['A=b', 'C']`. */
export function entriesOf(value: unknown): readonly Entry[] {
  if (value === undefined || value === null) return NO_ENTRIES;
  if (isRecord(value)) {
    return Object.keys(value).map((key) => ({ name: key, value: value[key] ?? null, key }));
  }
  return listOf(value).map((item, index) => {
    const text = EnvRef.is(item) ? item.toString() : (textOf(item) ?? '');
    const split = text.indexOf('=');
    const key = String(index);
    if (split < 0) return { name: text, value: null, key };
    return {
      name: text.slice(0, split),
      value: EnvRef.is(item) ? item : text.slice(split + 1),
      key,
    };
  });
}
const NO_ENTRIES: readonly Entry[] = [];

/** A received value for a message: on one line, shortened, control characters escaped. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  let text: string;
  try {
    // A function or symbol has no JSON.
    const json = JSON.stringify(EnvRef.is(value) ? value.toString() : value) as string | undefined;
    text = json ?? typeof value;
  } catch {
    text = 'a value that contains itself';
  }
  text = escapeActive(text);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
