/**
 * From props to document: the camelCase keys of the specification become snake_case, one by one as
 * the table says, and the users' own keys (labels, variables, options, names) stay as they are.
 *
 * Also the gate where only plain data gets through: whatever a program can put into props, the
 * document afterwards holds strings, numbers, booleans, null, lists, maps and `EnvRef`s.
 */
import { EnvRef } from '../core/env-ref';
import { closest } from '../core/suggest';
import { describeValue, isPlainObject, notPlain, unknownKey, type SchemaProblem } from './problem';
import {
  isExtension,
  propertiesOf,
  SCHEMA,
  setOwn,
  type ObjectRule,
  type TypeName,
} from './schema';

export interface Renamed {
  /** The value in the Compose spelling, without what the problems are about. */
  readonly value: unknown;
  /** Paths are in the spelling of the props. */
  readonly problems: SchemaProblem[];
}

/** Nothing in the specification is this deep; deeper data would exhaust the stack. */
const DEEPEST = 100;

/** Stands for a value that cannot be rendered and is left out. */
const DROPPED = Symbol('dropped');

/**
 * Renders props of the named type. `undefined` is left out. Kinds and ranges of values are not
 * checked here but in the final document, see validate.ts.
 */
export function toCompose(type: TypeName, props: unknown): Renamed {
  const walk = new Rename();
  const value = walk.value(type, props);
  return { value: value === DROPPED ? undefined : value, problems: walk.problems };
}

/** A deep copy in which nothing is renamed; what is no plain data is left out and reported. */
export function copyPlain(value: unknown): Renamed {
  return toCompose('Any', value);
}

class Rename {
  readonly problems: SchemaProblem[] = [];
  private readonly path: (string | number)[] = [];
  private readonly ancestors: object[] = [];

  value(type: TypeName, value: unknown): unknown {
    switch (typeof value) {
      case 'string':
        return value.isWellFormed() ? value : this.drop(type, halfOf(value));
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) ? value : this.drop(type, String(value));
      case 'object':
        return value === null || EnvRef.is(value) ? value : this.container(type, value);
      default:
        return this.drop(type, describeValue(value));
    }
  }

  private container(type: TypeName, value: object): unknown {
    // The specification's own types end after a few levels; what follows may lead back to itself.
    return SCHEMA[type].any ? this.unbounded(type, value) : this.listOrObject(type, value);
  }

  private unbounded(type: TypeName, value: object): unknown {
    const { ancestors } = this;
    if (ancestors.includes(value)) return this.drop(type, 'a reference to itself');
    if (ancestors.length >= DEEPEST) return this.drop(type, `more than ${DEEPEST} levels`);
    ancestors.push(value);
    const result = this.listOrObject(type, value);
    ancestors.pop();
    return result;
  }

  private listOrObject(type: TypeName, value: object): unknown {
    if (Array.isArray(value)) return this.list(type, value);
    return isPlainObject(value) ? this.object(type, value) : this.drop(type, describeValue(value));
  }

  private list(type: TypeName, list: readonly unknown[]): unknown[] {
    const items = SCHEMA[type].array?.items ?? 'Any';
    const result: unknown[] = [];
    for (let index = 0; index < list.length; index++) {
      this.path.push(index);
      const item = this.value(items, list[index]);
      if (item !== DROPPED) result.push(item);
      this.path.pop();
    }
    return result;
  }

  private object(type: TypeName, object: Readonly<Record<string, unknown>>) {
    const rule = SCHEMA[type].object;
    const properties = rule?.properties ? propertiesOf(rule).byProp : undefined;
    const entries = rule?.entries?.[1] ?? 'Any';
    const result: Record<string, unknown> = {};
    for (const prop of Object.keys(object)) {
      const value = object[prop];
      if (value === undefined) continue;
      const property = properties?.get(prop);
      if (property) this.member(result, prop, property[0], property[2], value);
      else if (!properties) this.member(result, prop, prop, entries, value);
      else if (isExtension(prop) && (rule!.extensions || rule!.open)) {
        this.member(result, prop, prop, 'Any', value);
      } else this.unknown(rule!, prop);
    }
    return result;
  }

  private member(into: object, prop: string, key: string, type: TypeName, value: unknown): void {
    this.path.push(prop);
    if (!key.isWellFormed()) this.drop('String', halfOf(key));
    const renamed = this.value(type, value);
    if (renamed !== DROPPED) setOwn(into, key, renamed);
    this.path.pop();
  }

  /** Also for an object that the specification leaves open: a typing error must not pass there. */
  private unknown(rule: ObjectRule, prop: string): void {
    const { byKey, byProp } = propertiesOf(rule);
    const props = [...byProp.keys()];
    const guess = byKey.get(prop)?.[1] ?? closest(prop, props);
    this.problems.push(unknownKey(this.path, prop, props, guess));
  }

  private drop(type: TypeName, received: string): typeof DROPPED {
    this.problems.push(notPlain(this.path, received, type));
    return DROPPED;
  }
}

/** A lone surrogate, which no file in UTF-8 can hold. */
function halfOf(text: string): string {
  return `${describeValue(text)}, which holds half of a character`;
}
