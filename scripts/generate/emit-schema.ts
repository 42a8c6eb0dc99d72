/** Emits lib/compose/generated/schema.ts: the table that renaming and validation read. */
import type { ObjectRule, TypeDescriptor } from '../../lib/compose/schema';
import { literal, propertyKey, quote } from './literal';
import type { ObjectModel, TypeModel } from './model';

export function emitSchema(types: ReadonlyMap<string, TypeModel>): string {
  const sorted = [...types.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = sorted.map(({ name }) => `\n  | ${quote(name)}`).join('');
  const rows = sorted.map((type) => {
    const label = `  ${propertyKey(type.name)}: `;
    return `${label}${literal(descriptor(type), 2, label.length + 1)},\n`;
  });
  return `import type { TypeDescriptor } from '../schema';

/** Every type of the Compose specification; see TypeDescriptor for how one reads. */
export type TypeName =${names};

export const SCHEMA: Readonly<Record<TypeName, TypeDescriptor>> = {
${rows.join('')}};
`;
}

type Draft<T> = { -readonly [K in keyof T]: unknown };

function descriptor({ name: _name, description: _description, ...shape }: TypeModel) {
  const result: Draft<TypeDescriptor> = { ...shape };
  if (shape.array) result.array = { ...shape.array, items: shape.array.items.name };
  if (shape.object) result.object = objectRule(shape.object);
  return result;
}

function objectRule(object: ObjectModel) {
  const rule: Draft<ObjectRule> = {};
  if (object.entries) rule.entries = [object.entries.pattern, object.entries.type.name];
  if (object.extensions) rule.extensions = true;
  if (object.open) rule.open = true;
  if (object.required.length > 0) rule.required = object.required;
  if (object.properties.length > 0) {
    rule.properties = object.properties.map(({ key, prop, type }) => [key, prop, type.name]);
  }
  return rule;
}
