/**
 * Documents for the agreement test, made from the schema by the tests' own reading of it: mostly
 * right, with a mistake of every sort now and then.
 */
import * as fc from 'fast-check';
import { COMPOSE_SCHEMA, resolve, type JsonSchema } from './json-schema-walk';

/** Texts and numbers on both sides of every rule of the specification. */
const TEXTS = [
  '',
  'a',
  'ab',
  '0',
  'x-a',
  'host',
  'private',
  'always',
  'never',
  'every_3h',
  'daily!',
  'bind',
  'tmpfs',
  'all',
  'z',
  'Z',
  'sync',
  'enabled',
  'stop-first',
  'service_healthy',
  'a b',
  'a\nb',
  '\n',
  'ü',
  '${A}',
];
const NUMBERS = [-1001, -1000, -1, -0.5, -0, 0, 0.5, 1, 99.5, 100, 101, 1000, 1001, 1e300];
// No key that the other validator looks up on objects when it compares them.
const KEYS = [
  'a',
  'a.b-C_1',
  'nofile',
  'A',
  '',
  'a b',
  '\n',
  'a\nb',
  'ü',
  'x-a',
  'x',
  '__proto__',
  'readOnly',
  'read_only',
];

const KINDS = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'] as const;

/** One value of every kind, to be put where anything may be wrong. */
export const PROBES: readonly unknown[] = [
  ...TEXTS,
  ...NUMBERS,
  true,
  false,
  null,
  [],
  {},
  [1],
  ['a'],
  ['a', 'a'],
  [[]],
  [{}],
  [null],
  { a: 'b' },
  { a: null },
  { a: [] },
  { a: {} },
  { '': 1 },
  { 'x-a': 1 },
  { 'a b': 'a' },
  { 'a\nb': {} },
  { readOnly: true },
  [
    { a: 1, b: 2 },
    { b: 2, a: 1 },
  ],
  [1, '1'],
  [0, -0],
  [{ a: 1 }, [['a', 1]]],
];

/** A document that is right in most places; `rate` is the chance of a mistake in each, in percent. */
export function documents(rate: number): fc.Arbitrary<unknown> {
  return fc.gen().map((gen) => new Maker(gen, rate).value(COMPOSE_SCHEMA, 0));
}

class Maker {
  constructor(
    private readonly gen: fc.GeneratorValue,
    private readonly rate: number,
  ) {}

  value(given: JsonSchema, depth: number): unknown {
    const schema = resolve(given);
    if (this.mistake()) return this.kind(this.one(KINDS), {}, depth);
    if (schema.oneOf) return this.value(this.one(schema.oneOf), depth);
    if (schema.type === undefined) return this.kind(this.one(KINDS), {}, depth);
    return this.kind(this.one([schema.type].flat()), schema, depth);
  }

  private kind(kind: string, schema: JsonSchema, depth: number): unknown {
    switch (kind) {
      case 'string':
        return this.one(schema.enum && !this.mistake() ? schema.enum : TEXTS);
      case 'number':
        return this.one(NUMBERS);
      case 'integer':
        return this.mistake() ? this.one(NUMBERS) : this.gen(fc.integer, { min: 0, max: 100 });
      case 'boolean':
        return this.gen(fc.boolean);
      case 'null':
        return null;
      case 'array':
        return Array.from({ length: depth > 6 ? 0 : this.gen(fc.nat, { max: 3 }) }, () =>
          this.value(schema.items ?? { type: 'string' }, depth + 1),
        );
      default:
        return this.object(schema, depth);
    }
  }

  private object(schema: JsonSchema, depth: number): object {
    const result = {};
    const add = (key: string, value: unknown) =>
      Object.defineProperty(result, key, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    const properties = schema.properties ?? {};
    for (const key of schema.required ?? []) {
      if (!this.mistake()) add(key, this.value(properties[key]!, depth + 1));
    }
    const keys = Object.keys(properties);
    for (let more = keys.length && this.gen(fc.nat, { max: 5 }); more > 0; more--) {
      const key = this.one(keys);
      add(key, this.value(properties[key]!, depth + 1));
    }
    for (const [pattern, inner] of Object.entries(schema.patternProperties ?? {})) {
      const fitting = KEYS.filter((key) => new RegExp(pattern, 'u').test(key));
      for (let more = this.gen(fc.nat, { max: 2 }); more > 0; more--) {
        add(this.one(this.mistake() ? KEYS : fitting), this.value(inner, depth + 1));
      }
    }
    if (this.mistake()) add(this.one(KEYS), this.value({}, depth + 1));
    return result;
  }

  private mistake(): boolean {
    return this.rate > 0 && this.gen(fc.integer, { min: 0, max: 99 }) < this.rate;
  }

  private one<T>(choices: readonly T[]): T {
    return choices[this.gen(fc.nat, { max: choices.length - 1 })]!;
  }
}
