/**
 * Checks a document, in its final spelling, against the whole Compose specification. It reads the
 * same table as the renaming and gives the verdict that a JSON Schema validator would give on the
 * original schema, but every problem at once, and each about the alternative that was meant.
 */
import { EnvRef } from '../core/env-ref';
import { badKey, missingKey, repeatedItem, unknownKey, wrongValue } from './problem';
import type { SchemaProblem } from './problem';
import {
  isExtension,
  matches,
  propertiesOf,
  SCHEMA,
  type ArrayRule,
  type NumberRule,
  type ObjectRule,
  type StringRule,
  type TypeDescriptor,
  type TypeName,
} from './schema';
import { repeatsIn } from './unique';

export type { SchemaProblem };

/** All problems of a whole Compose document; none when it is valid. */
export function validateDocument(document: unknown): SchemaProblem[] {
  return validateElement('Document', document);
}

/**
 * All problems of one element, or of any other value of the named type.
 *
 * An `EnvRef` is accepted wherever a string, a number or a boolean is: Compose puts in the
 * variable's text before it looks at the value.
 */
export function validateElement(type: TypeName, value: unknown): SchemaProblem[] {
  const walk = new Validation();
  walk.check(type, value);
  return walk.problems;
}

class Validation {
  readonly problems: SchemaProblem[] = [];
  private readonly path: (string | number)[] = [];

  check(name: TypeName, value: unknown): void {
    const type = SCHEMA[name];
    if (!type.any && !this.accepts(name, type, value)) {
      this.problems.push(wrongValue(this.path, value, name));
    }
  }

  /** False when the value itself is wrong; what is wrong inside it is reported on the way. */
  private accepts(name: TypeName, type: TypeDescriptor, value: unknown): boolean {
    switch (typeof value) {
      case 'string':
        return type.string !== undefined && isAllowedString(type.string, value);
      case 'number':
        return type.number !== undefined && isAllowedNumber(type.number, value);
      case 'boolean':
        return type.boolean === true;
      case 'object':
        break;
      default:
        return false;
    }
    if (value === null) return type.null === true;
    if (Array.isArray(value)) return type.array !== undefined && this.list(type.array, value);
    if (EnvRef.is(value)) return isScalar(type);
    return (
      type.object !== undefined && this.object(name, type.object, value as Record<string, unknown>)
    );
  }

  private list(rule: ArrayRule, list: readonly unknown[]): true {
    for (let index = 0; index < list.length; index++) {
      this.path.push(index);
      this.check(rule.items, list[index]);
      this.path.pop();
    }
    if (rule.unique) {
      for (const { index, first } of repeatsIn(list)) {
        this.problems.push(repeatedItem([...this.path, index], list[index], first));
      }
    }
    return true;
  }

  private object(name: TypeName, rule: ObjectRule, object: Record<string, unknown>): true {
    const properties = rule.properties && propertiesOf(rule).byKey;
    for (const key of Object.keys(object)) {
      const value = object[key];
      if (value === undefined) continue;
      const type = properties?.get(key)?.[2] ?? entryType(rule, key);
      if (type !== undefined) {
        this.path.push(key);
        this.check(type, value);
        this.path.pop();
      } else if (!rule.open && !(rule.extensions && isExtension(key))) {
        this.unknown(rule, key);
      }
    }
    for (const key of rule.required ?? []) {
      if (!Object.hasOwn(object, key) || object[key] === undefined) {
        this.problems.push(missingKey(this.path, key, name));
      }
    }
    return true;
  }

  private unknown(rule: ObjectRule, key: string): void {
    const { byKey, byProp } = propertiesOf(rule);
    if (!rule.properties) this.problems.push(badKey(this.path, key, rule));
    else this.problems.push(unknownKey(this.path, key, [...byKey.keys()], byProp.get(key)?.[0]));
  }
}

function entryType({ entries }: ObjectRule, key: string): TypeName | undefined {
  return entries && matches(entries[0], key) ? entries[1] : undefined;
}

function isScalar({ string, number, boolean }: TypeDescriptor): boolean {
  return string !== undefined || number !== undefined || boolean !== undefined;
}

function isAllowedString(rule: StringRule, value: string): boolean {
  if (rule.enum && !rule.enum.includes(value)) return false;
  return rule.pattern === undefined || matches(rule.pattern, value);
}

function isAllowedNumber({ integer, minimum, maximum }: NumberRule, value: number): boolean {
  if (integer ? !Number.isInteger(value) : !Number.isFinite(value)) return false;
  return (minimum === undefined || value >= minimum) && (maximum === undefined || value <= maximum);
}
