/**
 * The two TypeScript faces of one type: camelCase props for programs, and the snake_case document
 * that policy rules read. They differ in spelling, in names, and in how strict they are.
 */
import type { PropertyModel, TypeModel } from './model';

export interface Flavour {
  typeName(type: TypeModel): string;
  memberName(property: PropertyModel): string;
  /** Where the specification takes a boolean or a string, the string is for `${VARIABLE}` only. */
  readonly stringBesideBoolean: boolean;
  readonly readonly: boolean;
  /** Members carry the specification's description; once is enough, declarations cost load time. */
  readonly documented: boolean;
}

export const PROPS: Flavour = {
  typeName: ({ name, object }) => `Compose${name}${object?.properties.length ? 'Props' : ''}`,
  memberName: ({ prop }) => prop,
  stringBesideBoolean: false,
  readonly: true,
  documented: true,
};

export const DOCUMENT: Flavour = {
  typeName: ({ name }) => (name === 'Document' ? 'ComposeDocument' : `${name}Document`),
  memberName: ({ key }) => key,
  stringBesideBoolean: true,
  readonly: false,
  documented: false,
};
