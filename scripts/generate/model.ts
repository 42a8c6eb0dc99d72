/**
 * The Compose schema as a list of named types, the one form from which everything is emitted.
 *
 * A type says, for each kind of JSON value, whether it is allowed and under which rules. The
 * alternatives of every `oneOf` in the specification differ in that kind (a string or an object,
 * a list or a map), so a value picks its alternative by its shape and an error can name the one
 * that was meant. The generator stops if a newer specification breaks that.
 */
import type { NumberRule, StringRule } from '../../lib/compose/schema';
import { assertUnderstood, type JsonSchema } from './json-schema';
import { propName, typeName } from './names';

export interface TypeModel {
  readonly name: string;
  readonly description?: string;
  readonly any?: true;
  readonly string?: StringRule;
  readonly number?: NumberRule;
  readonly boolean?: true;
  readonly null?: true;
  readonly array?: { readonly items: TypeModel; readonly unique?: true };
  readonly object?: ObjectModel;
}

export interface ObjectModel {
  readonly properties: readonly PropertyModel[];
  readonly required: readonly string[];
  /** The user's own keys: those that match the pattern, each with a value of the type. */
  readonly entries?: { readonly pattern: string; readonly type: TypeModel };
  /** `x-…` keys are allowed. */
  readonly extensions: boolean;
  /** Every other key is allowed too. */
  readonly open: boolean;
}

export interface PropertyModel {
  readonly key: string;
  readonly prop: string;
  readonly type: TypeModel;
  readonly description?: string;
  readonly deprecated: boolean;
  readonly required: boolean;
}

type Shape = Omit<TypeModel, 'name' | 'description'>;

const EXTENSIONS = '^x-';

/** A structural name longer than this says less than the name of the place. */
const LONGEST_NAME = 40;

/** All types by name, each before its first use, `Document` last. */
export function buildModel(schema: JsonSchema): ReadonlyMap<string, TypeModel> {
  const types = new Map<string, TypeModel>();
  const definitions = new Map<string, TypeModel>();

  function define(at: JsonSchema, name: string, where: string, named: boolean): TypeModel {
    assertUnderstood(at, where);
    if (at.$ref !== undefined) return definition(at.$ref);
    const shape = shapeOf(at, name, where);
    const model = { name: named ? name : (structuralName(shape) ?? name), ...shape };
    const known = types.get(model.name);
    if (known) {
      if (JSON.stringify(bare(known)) === JSON.stringify(bare(model))) return known;
      throw new Error(`${where}: a second type would be called ${model.name}; name it in names.ts`);
    }
    // A type that many places share by its structure has the description of none of them.
    const described = model.name === name ? { ...model, description: at.description } : model;
    types.set(model.name, described);
    return described;
  }

  function definition(ref: string): TypeModel {
    const key = ref.replace('#/definitions/', '');
    const target = schema.definitions?.[key];
    if (!target) throw new Error(`${ref}: no such definition`);
    let type = definitions.get(key);
    if (!type) {
      type = define(target, typeName('', key), ref, true);
      definitions.set(key, type);
    }
    return type;
  }

  function shapeOf(at: JsonSchema, name: string, where: string): Shape {
    assertUnderstood(at, where);
    if (at.$ref !== undefined) return bare(definition(at.$ref));
    if (at.oneOf) return at.oneOf.map((one) => shapeOf(one, name, where)).reduce(merge(where), {});
    if (at.type === undefined) return { any: true };
    const kinds = typeof at.type === 'string' ? [at.type] : at.type;
    return kinds.map((kind) => kindOf(kind, at, name, where)).reduce(merge(where), {});
  }

  function kindOf(kind: string, at: JsonSchema, name: string, where: string): Shape {
    switch (kind) {
      case 'string':
        return { string: stringRule(at) };
      case 'number':
      case 'integer':
        return { number: numberRule(kind, at) };
      case 'boolean':
        return { boolean: true };
      case 'null':
        return { null: true };
      case 'array': {
        const items = define(at.items ?? {}, typeName(name, 'item'), `${where}[]`, false);
        return { array: at.uniqueItems ? { items, unique: true } : { items } };
      }
      case 'object':
        return { object: objectModel(at, name, where) };
      default:
        throw new Error(`${where}: the generator does not know the type "${kind}"`);
    }
  }

  function objectModel(at: JsonSchema, name: string, where: string): ObjectModel {
    const required = at.required ?? [];
    const properties = Object.entries(at.properties ?? {}).map(([key, value]) => ({
      key,
      prop: propName(key),
      type: define(value, typeName(name, key), `${where}.${key}`, false),
      description: value.description,
      deprecated: value.deprecated === true,
      required: required.includes(key),
    }));
    const patterns = Object.entries(at.patternProperties ?? {});
    const own = patterns.filter(([pattern]) => pattern !== EXTENSIONS);
    assertDistinct(properties, patterns, own.length, where);
    const [entry] = own.map(([pattern, value]) => ({
      pattern,
      type: define(value, typeName(name, 'entry'), `${where}{}`, false),
    }));
    const extensions = patterns.length > own.length;
    return { properties, required, entries: entry, extensions, open: !closed(at) };
  }

  define({}, 'Any', 'x- keys', true);
  define(schema, 'Document', 'document', true);
  return types;
}

function closed(at: JsonSchema): boolean {
  return at.additionalProperties === false;
}

function stringRule(at: JsonSchema): StringRule {
  const rule: { enum?: readonly string[]; pattern?: string } = {};
  if (at.enum) {
    if (!at.enum.every((value) => typeof value === 'string'))
      throw new Error('enum of non-strings');
    rule.enum = at.enum;
  }
  if (at.pattern !== undefined) rule.pattern = at.pattern;
  return rule;
}

function numberRule(kind: string, at: JsonSchema): NumberRule {
  const { minimum, maximum } = at;
  return {
    ...(kind === 'integer' ? { integer: true } : {}),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
}

/** Two alternatives in one shape; they must not both claim the same kind of value. */
function merge(where: string) {
  return (into: Shape, alternative: Shape): Shape => {
    const twice = Object.keys(alternative).filter((kind) => kind === 'any' || kind in into);
    if (twice.length > 0) throw new Error(`${where}: two alternatives are a ${twice.join(', a ')}`);
    const {
      any,
      boolean,
      number,
      string,
      null: nothing,
      array,
      object,
    } = { ...into, ...alternative };
    // One order, however the schema lists the kinds, so that equal shapes compare equal.
    return defined({ any, boolean, number, string, null: nothing, array, object });
  };
}

/** What the table can express: a key has one rule, and a prop stands for one key. */
function assertDistinct(
  properties: readonly PropertyModel[],
  patterns: readonly (readonly [string, JsonSchema])[],
  own: number,
  where: string,
): void {
  if (own > 1) throw new Error(`${where}: more than one pattern for the user's own keys`);
  if (own === 1 && patterns.length > 1) throw new Error(`${where}: own keys beside x- keys`);
  if (patterns.some(([pattern, value]) => pattern === EXTENSIONS && Object.keys(value).length)) {
    throw new Error(`${where}: x- keys with a type of their own`);
  }
  for (const { key } of properties) {
    const pattern = patterns.find(([source]) => new RegExp(source, 'u').test(key));
    if (pattern) throw new Error(`${where}.${key}: also matched by the pattern ${pattern[0]}`);
  }
  if (new Set(properties.map(({ prop }) => prop)).size !== properties.length) {
    throw new Error(`${where}: two keys give the same prop`);
  }
}

/** A name that says all there is to a simple type (`BooleanOrString`), or undefined. */
function structuralName(shape: Shape): string | undefined {
  if (shape.any) return 'Any';
  const parts: (string | undefined)[] = [];
  if (shape.boolean) parts.push('Boolean');
  if (shape.number) {
    const { integer, ...range } = shape.number;
    parts.push(Object.keys(range).length ? undefined : integer ? 'Integer' : 'Number');
  }
  if (shape.string) parts.push(Object.keys(shape.string).length ? undefined : 'String');
  if (shape.null) parts.push('Null');
  if (shape.array) parts.push(`${shape.array.unique ? 'Set' : 'List'}Of${shape.array.items.name}`);
  if (shape.object) parts.push(mapName(shape.object));
  const name = parts.join('Or');
  return parts.includes(undefined) || name.length > LONGEST_NAME ? undefined : name;
}

function mapName({ properties, entries, open, extensions }: ObjectModel): string | undefined {
  if (properties.length > 0 || extensions) return undefined;
  if (!entries) return open ? 'Map' : undefined;
  // Only the usual pattern goes without saying.
  if (entries.pattern !== '^.+$') return undefined;
  return `${open ? '' : 'Strict'}MapOf${entries.type.name}`;
}

function defined(shape: Record<string, unknown>): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([, rule]) => rule !== undefined));
}

function bare({ name: _name, description: _description, ...shape }: TypeModel): Shape {
  return shape;
}
