/**
 * Compares a value with an expectation made of plain data and matchers. Objects are compared deeply
 * and partially (keys that the expectation does not name may be there) unless `exact`; lists
 * item by item, all of them.
 */
import { EnvRef } from '../core/env-ref';
import { isObject } from '../core/is-object';
import { Matcher, MatchResult } from './matcher';
import { show } from './show';

export interface CompareOptions {
  /** Also the keys that the expectation does not name must not be there. */
  readonly exact: boolean;
}

/** The way plain data in an expectation is compared. */
export const PARTIAL: CompareOptions = { exact: false };
export const EXACT: CompareOptions = { exact: true };

type PlainObject = Readonly<Record<string, unknown>>;

/** Compares; a matcher anywhere in the expectation decides for the value at its place. */
export function compare(expected: unknown, actual: unknown, options: CompareOptions): MatchResult {
  if (Matcher.is(expected)) return expected.test(actual);
  if (Array.isArray(expected)) return compareLists(expected, actual, options);
  if (EnvRef.is(expected)) return compareScalars(expected.toString(), actual);
  if (typeof expected === 'object' && expected !== null) {
    return compareObjects(expected as PlainObject, actual, options);
  }
  return compareScalars(expected, actual);
}

/** Compares lists of the same length item by item, and others as wholes. */
export function compareLists(
  expected: readonly unknown[],
  actual: unknown,
  options: CompareOptions,
): MatchResult {
  if (!Array.isArray(actual)) return wrongKind(expected, actual);
  const result = new MatchResult();
  if (expected.length === actual.length) {
    for (const [index, item] of expected.entries()) {
      result.add(index, compare(item, actual[index], options));
    }
    return result;
  }
  const matches = (item: unknown, value: unknown) => compare(item, value, options).matches;
  const missing = expected.filter((item) => !actual.some((value) => matches(item, value)));
  const unexpected = actual.filter((value) => !expected.some((item) => matches(item, value)));
  const details = [listOf('missing', missing), listOf('not expected', unexpected)].filter(Boolean);
  return result.fail(
    [`expected ${expected.length} in the list but received ${actual.length}`, ...details].join(
      '; ',
    ),
    Math.max(1, missing.length),
  );
}

/** Compares the keys that the expectation names; with `exact`, all keys. */
function compareObjects(
  expected: PlainObject,
  actual: unknown,
  options: CompareOptions,
): MatchResult {
  if (!isObject(actual)) return wrongKind(expected, actual);
  const result = new MatchResult();
  for (const [key, pattern] of Object.entries(expected)) {
    const value = Object.hasOwn(actual, key) ? actual[key] : undefined;
    if (value === undefined && !Matcher.is(pattern)) {
      const missing = `expected ${show(pattern)} but the key is missing`;
      result.add(key, new MatchResult().fail(missing, weight(pattern)));
    } else {
      result.add(key, compare(pattern, value, options));
    }
  }
  if (!options.exact) return result;
  for (const key of Object.keys(actual)) {
    if (Object.hasOwn(expected, key) || actual[key] === undefined) continue;
    result.add(
      key,
      new MatchResult().fail(`expected no such key but received ${show(actual[key])}`),
    );
  }
  return result;
}

/** How many values an expectation names. */
export function weight(expected: unknown): number {
  if (typeof expected !== 'object' || expected === null || EnvRef.is(expected)) return 1;
  const parts: readonly unknown[] = Matcher.is(expected)
    ? expected.inner()
    : Object.values(expected);
  return Math.max(
    1,
    parts.reduce<number>((sum, part) => sum + weight(part), 0),
  );
}

function compareScalars(expected: unknown, actual: unknown): MatchResult {
  const result = new MatchResult();
  if (Object.is(expected, actual)) return result;
  if (isLongText(expected) && isLongText(actual))
    return result.fail(firstDifference(expected, actual));
  return result.fail(`expected ${show(expected)} but received ${show(actual)}`);
}

function wrongKind(expected: unknown, actual: unknown): MatchResult {
  const message = `expected ${show(expected)} but received ${show(actual)}`;
  return new MatchResult().fail(message, weight(expected));
}

function isLongText(value: unknown): value is string {
  return typeof value === 'string' && value.includes('\n');
}

/** Two texts of many lines: the first line that differs says more than both texts. */
function firstDifference(expected: string, actual: string): string {
  const [left, right] = [expected.split('\n'), actual.split('\n')];
  const index = left.findIndex((line, at) => line !== right[at]);
  const at = index < 0 ? left.length : index;
  return `line ${at + 1}: expected ${show(left[at])} but received ${show(right[at])}`;
}

function listOf(label: string, items: readonly unknown[]): string {
  return items.length === 0 ? '' : `${label}: ${items.map(show).join(', ')}`;
}
