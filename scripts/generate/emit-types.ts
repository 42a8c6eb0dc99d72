/** Emits TypeScript interfaces and type aliases for the types of the model. */
import type { Flavour } from './flavour';
import { propertyKey, quote } from './literal';
import type { PropertyModel, TypeModel } from './model';
import { tsdoc } from './tsdoc';

/** Longer than this, an expression that is used more than once gets a name of its own. */
const LONG = 60;
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
    const name = this.flavour.typeName(type);
    if (!isInterface(type)) {
      const text = `export type ${name} = ${this.expression(type)};\n`;
      return tsdoc(type.description) + (text.length > WIDTH ? this.brokenAlias(type) : text);
    }
    const members = type.object!.properties.map((property) => this.member(property));
    if (type.object!.extensions || type.object!.open) members.push(this.extensions());
    return `${tsdoc(type.description)}export interface ${name} {\n${members.join('')}}\n`;
  }

  /** The type where it is used: by name where it has a declaration, else spelled out. */
  reference(type: TypeModel): string {
    if (this.isAlias(type)) return this.flavour.typeName(type);
    return this.alternatives(type).join(' | ');
  }

  private expression(type: TypeModel): string {
    return this.alternatives(type).join(' | ');
  }

  private alternatives(type: TypeModel): string[] {
    if (type.any) return ['unknown'];
    const { string, number, boolean, array, object } = type;
    const stringIsVariable = boolean && string && !number && !this.flavour.stringBesideBoolean;
    const result: string[] = [];
    if (string?.enum) result.push(...string.enum.map(quote));
    else if (string && !stringIsVariable) result.push('string');
    if (number) result.push('number');
    if (boolean) result.push('boolean');
    if (type.null) result.push('null');
    if (string) result.push('EnvRef');
    if (array) result.push(this.list(array.items));
    if (object) result.push(isInterface(type) ? this.flavour.typeName(type) : this.map(type));
    return result;
  }

  private list(items: TypeModel): string {
    const item = this.reference(items);
    const list = item.includes('|') ? `(${item})[]` : `${item}[]`;
    return this.flavour.readonly ? `readonly ${list}` : list;
  }

  private map({ object }: TypeModel): string {
    const entries = object?.entries;
    const map = `Record<string, ${entries ? this.reference(entries.type) : 'unknown'}>`;
    return this.flavour.readonly ? `Readonly<${map}>` : map;
  }

  private member(property: PropertyModel): string {
    const readonly = this.flavour.readonly ? 'readonly ' : '';
    const name = propertyKey(this.flavour.memberName(property));
    const optional = property.required ? '' : '?';
    const doc = tsdoc(property.description, '  ', property.deprecated);
    return `${doc}  ${readonly}${name}${optional}: ${this.reference(property.type)};\n`;
  }

  private extensions(): string {
    return `  ${this.flavour.readonly ? 'readonly ' : ''}[extension: \`x-\${string}\`]: unknown;\n`;
  }

  private brokenAlias(type: TypeModel): string {
    const parts = this.alternatives(type).map((part) => `\n  | ${part}`);
    return `export type ${this.flavour.typeName(type)} =${parts.join('')};\n`;
  }

  private isAlias(type: TypeModel): boolean {
    if (isInterface(type) || (this.uses.get(type) ?? 0) < 2) return false;
    return this.expression(type).length > LONG;
  }

  private count(type: TypeModel): void {
    const uses = this.uses.get(type) ?? 0;
    this.uses.set(type, uses + 1);
    if (uses === 0) children(type).forEach((child) => this.count(child));
  }
}

function children({ array, object }: TypeModel): TypeModel[] {
  const types = object?.properties.map(({ type }) => type) ?? [];
  if (object?.entries) types.push(object.entries.type);
  if (array) types.push(array.items);
  return types;
}
