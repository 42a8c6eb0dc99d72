/** Emits TypeScript interfaces and type aliases for the types of the model. */
import { propertyDescription, typeDescription } from './descriptions';
import type { Flavour } from './flavour';
import { propertyKey, quote } from './literal';
import type { PropertyModel, TypeModel } from './model';
import { tsdoc } from './tsdoc';

/** An expression longer than this gets a name of its own when it is used more than once … */
const LONG = 60;
/** … and longer than this in any case. */
const TOO_LONG = 80;
const WIDTH = 100;

/** True for a type that is emitted as an interface. */
export function isInterface(type: TypeModel): boolean {
  return (type.object?.properties.length ?? 0) > 0;
}

export class TypeEmitter {
  private readonly uses = new Map<TypeModel, number>();

  constructor(
    private readonly flavour: Flavour,
    roots: readonly TypeModel[],
  ) {
    for (const root of roots) this.count(root);
  }

  /** The types under a root that need a declaration, the root first. */
  declared(root: TypeModel): readonly TypeModel[] {
    const found = new Set<TypeModel>();
    const visit = (type: TypeModel) => {
      if (found.has(type)) return;
      if (isInterface(type) || this.isAlias(type)) found.add(type);
      for (const child of children(type)) visit(child);
    };
    visit(root);
    return [...found];
  }

  declaration(type: TypeModel): string {
    const doc = tsdoc(typeDescription(type));
    const name = this.flavour.typeName(type);
    if (!isInterface(type)) {
      return `${doc}${fit(`export type ${name} =`, this.alternatives(type), '')}\n`;
    }
    const members = type.object!.properties.map((property) => this.member(type, property));
    if (type.object!.extensions || type.object!.open) members.push(this.extensions());
    return `${doc}export interface ${name} {\n${members.join('')}}\n`;
  }

  /** The type where it is used: by name where it has a declaration, else spelled out. */
  private reference(type: TypeModel): readonly string[] {
    return this.isAlias(type) ? [this.flavour.typeName(type)] : this.alternatives(type);
  }

  private alternatives(type: TypeModel): string[] {
    if (type.any) return ['unknown'];
    const { array, object } = type;
    const result = this.scalars(type);
    if (array) result.push(this.list(array.items));
    if (object) result.push(isInterface(type) ? this.flavour.typeName(type) : this.map(type));
    return result;
  }

  private scalars({ string, number, boolean, null: nothing }: TypeModel): string[] {
    const stringIsVariable = boolean && string && !number && !this.flavour.stringBesideBoolean;
    const result: string[] = [];
    if (string?.enum) result.push(...string.enum.map(quote));
    else if (string && !stringIsVariable) result.push('string');
    if (number) result.push('number');
    if (boolean) result.push('boolean');
    if (nothing) result.push('null');
    if (string) result.push('EnvRef');
    return result;
  }

  private list(items: TypeModel): string {
    const item = this.reference(items).join(' | ');
    const list = item.includes('|') ? `(${item})[]` : `${item}[]`;
    return this.flavour.readonly ? `readonly ${list}` : list;
  }

  private map({ object }: TypeModel): string {
    const entries = object?.entries;
    const map = `Record<string, ${entries ? this.reference(entries.type).join(' | ') : 'unknown'}>`;
    return this.flavour.readonly ? `Readonly<${map}>` : map;
  }

  private member(parent: TypeModel, property: PropertyModel): string {
    const readonly = this.flavour.readonly ? 'readonly ' : '';
    const name = propertyKey(this.flavour.memberName(property));
    const optional = property.required ? '' : '?';
    const about = propertyDescription(parent, property);
    const doc = this.flavour.documented ? tsdoc(about, '  ', property.deprecated) : '';
    return `${doc}${fit(`  ${readonly}${name}${optional}:`, this.reference(property.type), '  ')}\n`;
  }

  private extensions(): string {
    return `  ${this.flavour.readonly ? 'readonly ' : ''}[extension: \`x-\${string}\`]: unknown;\n`;
  }

  private isAlias(type: TypeModel): boolean {
    if (isInterface(type)) return false;
    const { length } = this.alternatives(type).join(' | ');
    return length > ((this.uses.get(type) ?? 0) < 2 ? TOO_LONG : LONG);
  }

  private count(type: TypeModel): void {
    const uses = this.uses.get(type) ?? 0;
    this.uses.set(type, uses + 1);
    if (uses === 0) children(type).forEach((child) => this.count(child));
  }
}

/** A union on one line where it fits, else one alternative a line. */
function fit(start: string, alternatives: readonly string[], indent: string): string {
  const oneLine = `${start} ${alternatives.join(' | ')};`;
  if (oneLine.length <= WIDTH) return oneLine;
  if (alternatives.length === 1) return `${start}\n${indent}  ${alternatives[0]};`;
  return `${start}${alternatives.map((one) => `\n${indent}  | ${one}`).join('')};`;
}

function children({ array, object }: TypeModel): TypeModel[] {
  const types = object?.properties.map(({ type }) => type) ?? [];
  if (object?.entries) types.push(object.entries.type);
  if (array) types.push(array.items);
  return types;
}
