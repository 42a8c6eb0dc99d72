/**
 * A problem with a Compose document or with the props it is made of, and the words in which one is
 * told. Renaming and validation share them, so that one mistake reads the same wherever it is found.
 */
import { EnvRef } from '../core/env-ref';
import { quote } from '../core/quote';
import { closest } from '../core/suggest';
import { SCHEMA, type NumberRule, type ObjectRule, type TypeName } from './schema';

/** One thing wrong with a value: where, what, and what would be right. */
export interface SchemaProblem {
  /** Keys and indexes down to the value. */
  readonly path: readonly (string | number)[];
  /** Completes the sentence that starts with the path: "must be a string or a list". */
  readonly message: string;
  /** The value, shortened. */
  readonly received: string;
  readonly allowed: string;
}

const LONGEST_VALUE = 60;
/** More names than this are counted instead of listed. */
const MOST_NAMES = 12;

/** Patterns of the specification in words. */
const PATTERNS: Readonly<Record<string, string>> = {
  '^[a-zA-Z0-9._-]+$': 'letters, digits, ".", "_" and "-"',
  '^[a-z]+$': 'lower-case letters',
  '^.+$': 'at least one character, on one line',
  '.+': 'at least one character',
  '[a-zA-Z0-9][a-zA-Z0-9_.-]+': 'a letter or digit, then letters, digits, "_", "." or "-"',
};

/** A value of the wrong kind, or beside an enumeration or range. */
export function wrongValue(
  path: readonly (string | number)[],
  value: unknown,
  type: TypeName,
): SchemaProblem {
  const allowed = describeType(type);
  const choices = SCHEMA[type].string?.enum;
  const guess = typeof value === 'string' && choices ? closest(value, choices) : undefined;
  const message = `must be ${allowed}${didYouMean(guess)}`;
  return { path: [...path], message, received: describeValue(value), allowed };
}

/** A value that no document can carry: a function, a class instance, a cycle, NaN. */
export function notPlain(
  path: readonly (string | number)[],
  received: string,
  type: TypeName,
): SchemaProblem {
  const allowed = SCHEMA[type].any ? 'plain data' : describeType(type);
  return { path: [...path], message: `must be ${allowed}`, received, allowed };
}

/** A key that the object does not have; the names are in the caller's spelling. */
export function unknownKey(
  path: readonly (string | number)[],
  key: string,
  names: readonly string[],
  guess: string | undefined = closest(key, names),
): SchemaProblem {
  return {
    path: [...path, key],
    message: `is not a known key${didYouMean(guess)}`,
    received: quote(key),
    allowed: names.length > MOST_NAMES ? `one of ${names.length} keys` : names.join(', '),
  };
}

/** One of the user's own keys that does not match the pattern for such keys. */
export function badKey(
  path: readonly (string | number)[],
  key: string,
  rule: ObjectRule,
): SchemaProblem {
  const allowed = describePattern(rule.entries?.[0] ?? '');
  const message = `is no name for an entry here; allowed are ${allowed}`;
  return { path: [...path, key], message, received: quote(key), allowed };
}

export function missingKey(
  path: readonly (string | number)[],
  key: string,
  type: TypeName,
): SchemaProblem {
  const message = `must have ${quote(key)}`;
  return { path: [...path], message, received: `no ${quote(key)}`, allowed: describeType(type) };
}

/** An item of a list that stands there a second time. */
export function repeatedItem(
  path: readonly (string | number)[],
  value: unknown,
  first: number,
): SchemaProblem {
  return {
    path: [...path],
    message: `repeats item ${first}; every item must be different`,
    received: describeValue(value),
    allowed: 'items that are all different',
  };
}

/** What a type allows, in words: "a whole number from 0 to 100 or a string". */
function describeType(name: TypeName): string {
  const { any, string, number, boolean, null: nothing, array, object } = SCHEMA[name];
  if (any) return 'anything';
  const parts: string[] = [];
  if (boolean) parts.push('true', 'false');
  if (number) parts.push(describeNumber(number));
  if (string?.enum) parts.push(...string.enum.map(quote));
  else if (string?.pattern) parts.push(`a string with ${describePattern(string.pattern)}`);
  else if (string) parts.push('a string');
  if (array) parts.push(describeList(array.items));
  if (object) parts.push(object.properties ? 'an object' : 'a map');
  if (nothing) parts.push('null');
  return [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter(Boolean).join(' or ');
}

/** The value in at most a line: quoted, counted or named. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quote(value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value);
    case 'bigint':
      return `${value}n`;
    case 'function':
    case 'symbol':
      return `a ${typeof value}`;
    case 'object':
      return value === null ? 'null' : describeObject(value);
    default:
      return String(value);
  }
}

/** True for a `{}` literal, of whatever realm, and for an object without prototype. */
export function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function describeObject(value: object): string {
  if (Array.isArray(value)) return value.length === 1 ? 'a list of 1' : `a list of ${value.length}`;
  if (EnvRef.is(value)) return String(value);
  if (isPlainObject(value)) return 'an object';
  const name: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === 'string' && name ? `an instance of ${name}` : 'an object of a class';
}

function describeNumber({ integer, minimum, maximum }: NumberRule): string {
  const range =
    minimum !== undefined && maximum !== undefined
      ? ` from ${minimum} to ${maximum}`
      : minimum !== undefined
        ? ` of ${minimum} or more`
        : maximum !== undefined
          ? ` of ${maximum} or less`
          : '';
  return `a ${integer ? 'whole number' : 'number'}${range}`;
}

function describeList(items: TypeName): string {
  const { string, number, boolean, object } = SCHEMA[items];
  const kinds = [string && 'strings', number && 'numbers', object && 'objects'].filter(Boolean);
  return boolean || kinds.length === 0 ? 'a list' : `a list of ${kinds.join(' or ')}`;
}

function describePattern(pattern: string): string {
  return Object.hasOwn(PATTERNS, pattern) ? PATTERNS[pattern]! : `a match for ${pattern}`;
}

function didYouMean(guess: string | undefined): string {
  return guess === undefined ? '' : `; did you mean ${quote(guess)}?`;
}
