/**
 * The Compose specification as a table (generated/schema.ts), and the look-ups that renaming and
 * validation share. A type says which kinds of JSON value it allows, and the rules of each kind;
 * alternatives (a string or an object) therefore need no trial and error: the value's kind picks.
 */
import { SCHEMA, type TypeName } from './generated/schema';

export { SCHEMA, type TypeName };

/** What one type allows. A missing kind is not allowed; `any` allows everything. */
export interface TypeDescriptor {
  readonly any?: true;
  readonly string?: StringRule;
  readonly number?: NumberRule;
  readonly boolean?: true;
  readonly null?: true;
  readonly array?: ArrayRule;
  readonly object?: ObjectRule;
}

export interface StringRule {
  readonly enum?: readonly string[];
  /** Regular expression that must match somewhere in the string. */
  readonly pattern?: string;
}

export interface NumberRule {
  readonly integer?: true;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface ArrayRule {
  readonly items: TypeName;
  /** No two items may be equal. */
  readonly unique?: true;
}

export interface ObjectRule {
  readonly properties?: readonly PropertyRule[];
  /** Keys, in the Compose spelling, that must be there. */
  readonly required?: readonly string[];
  /** The user's own keys: those that match the pattern take a value of the type. */
  readonly entries?: readonly [pattern: string, type: TypeName];
  /** `x-…` keys are allowed, with any value. */
  readonly extensions?: true;
  /** All other keys are allowed, with any value. */
  readonly open?: true;
}

/** `['read_only', 'readOnly', 'BooleanOrString']` */
export type PropertyRule = readonly [key: string, prop: string, type: TypeName];

interface PropertyIndex {
  readonly byKey: ReadonlyMap<string, PropertyRule>;
  readonly byProp: ReadonlyMap<string, PropertyRule>;
}

// Made when a type is first used, so that a run pays only for the types it touches. Maps, because
// a look-up of "constructor" in a plain object would find something.
const indexes = new WeakMap<ObjectRule, PropertyIndex>();
const patterns = new Map<string, RegExp>();

/** The properties of an object by their Compose key and by their camelCase prop. */
export function propertiesOf(rule: ObjectRule): PropertyIndex {
  let index = indexes.get(rule);
  if (!index) {
    const properties = rule.properties ?? [];
    index = {
      byKey: new Map(properties.map((property) => [property[0], property])),
      byProp: new Map(properties.map((property) => [property[1], property])),
    };
    indexes.set(rule, index);
  }
  return index;
}

/** True when the text matches a pattern of the table; JSON Schema patterns are Unicode ones. */
export function matches(pattern: string, text: string): boolean {
  let compiled = patterns.get(pattern);
  if (!compiled) patterns.set(pattern, (compiled = new RegExp(pattern, 'u')));
  return compiled.test(text);
}

/** True for a key that the specification leaves to its users: `x-anything`. */
export function isExtension(key: string): boolean {
  return key.startsWith('x-');
}

/** The type of what stands under a key (Compose spelling) or index; `Any` beyond the table. */
export function childType(parent: TypeName, segment: string | number): TypeName {
  const { array, object } = SCHEMA[parent];
  if (array && (!object || typeof segment === 'number')) return array.items;
  if (!object) return 'Any';
  return propertiesOf(object).byKey.get(String(segment))?.[2] ?? object.entries?.[1] ?? 'Any';
}

/** Sets an own property, also one called `__proto__`. */
export function setOwn(target: object, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    (target as Record<string, unknown>)[key] = value;
  }
}
