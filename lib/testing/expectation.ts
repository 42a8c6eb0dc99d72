/**
 * Expectations as users write them: their type, and the check that they can be meant. A mistyped key
 * under `Match.absent()` would hold for ever, so every key is looked up in the Compose specification
 * before anything is compared.
 */
import { EnvRef } from '../core/env-ref';
import { isObject } from '../core/is-object';
import { closest } from '../core/suggest';
import {
  childType,
  isExtension,
  matches,
  propertiesOf,
  SCHEMA,
  type TypeName,
} from '../compose/schema';
import { fail } from './assertion-error';
import { Matcher } from './matcher';
import { show } from './show';

/**
 * What is expected of a `T`: the parts of it that matter, as plain data in the Compose spelling,
 * with matchers wherever one is wanted.
 */
export type Expected<T> = Matcher | ExpectedData<T>;

type ExpectedData<T> = T extends EnvRef
  ? EnvRef
  : T extends readonly (infer Item)[]
    ? readonly Expected<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]?: Expected<T[Key]> }
      : T;

/** Throws, with every problem, when an expectation has a key that cannot be there or no plain data. */
export function checkExpectation(expected: unknown, type: TypeName): void {
  const problems = [...problemsIn(expected, type, [])];
  if (problems.length > 0) fail(['this can never be expected:', ...problems].join('\n  '));
}

function* problemsIn(
  expected: unknown,
  type: TypeName,
  path: readonly string[],
): Generator<string> {
  const at = path.length === 0 ? '' : `${path.join('.')}: `;
  if (Matcher.is(expected)) {
    for (const inner of expected.inner()) yield* problemsIn(inner, type, path);
  } else if (Array.isArray(expected)) {
    for (const [index, item] of expected.entries()) {
      yield* problemsIn(item, childType(type, index), [...path, String(index)]);
    }
  } else if (expected === undefined) {
    yield `${at}received undefined; use Match.absent() for "no such key" or Match.anyValue()`;
  } else if (expected instanceof RegExp) {
    yield `${at}received the regular expression ${String(expected)}; use Match.stringLikeRegexp(…)`;
  } else if (typeof expected === 'function' || typeof expected === 'symbol') {
    yield `${at}received a ${typeof expected}; allowed are plain data and matchers`;
  } else if (isObject(expected) && !EnvRef.is(expected)) {
    for (const [key, inner] of Object.entries(expected)) {
      const unknown = unknownKey(type, key);
      if (unknown !== undefined) yield at + unknown;
      else yield* problemsIn(inner, childType(type, key), [...path, key]);
    }
  }
}

/** Why the type has no such key; `undefined` when it has. */
function unknownKey(type: TypeName, key: string): string | undefined {
  const { any, object } = SCHEMA[type];
  if (any || !object || object.open || isExtension(key)) return undefined;
  const { byKey, byProp } = propertiesOf(object);
  if (byKey.has(key) || (object.entries && matches(object.entries[0], key))) return undefined;
  const guess = byProp.get(key)?.[0] ?? closest(key, [...byKey.keys()]);
  return `there is no key ${show(key)} here${guess === undefined ? '' : `; did you mean ${guess}?`}`;
}
