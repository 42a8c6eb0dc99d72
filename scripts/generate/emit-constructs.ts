/** Emits constructs/compose/generated/: one file for each kind of element, and what they share. */
import { ELEMENTS, type ElementKind } from './elements';
import { TypeEmitter } from './emit-types';
import { PROPS } from './flavour';
import type { TypeModel } from './model';

const ENV_REF = `import type { EnvRef } from '../../../lib/core/env-ref';\n`;

/** File name to text. */
export function emitConstructs(types: ReadonlyMap<string, TypeModel>): Map<string, string> {
  const roots = ELEMENTS.map(({ type }) => types.get(type)!);
  const emitter = new TypeEmitter(PROPS, roots);
  const shared = sharedTypes(roots.map((root) => emitter.declared(root)));
  const files = new Map<string, string>();
  files.set('shared.ts', sharedFile(emitter, shared));
  ELEMENTS.forEach((kind, index) => {
    files.set(`${kind.type.toLowerCase()}.ts`, elementFile(emitter, kind, roots[index]!, shared));
  });
  return files;
}

function sharedTypes(declared: readonly (readonly TypeModel[])[]): ReadonlySet<TypeModel> {
  const seen = new Set<TypeModel>();
  const shared = new Set<TypeModel>();
  for (const type of declared.flat()) (seen.has(type) ? shared : seen).add(type);
  return shared;
}

function sharedFile(emitter: TypeEmitter, shared: ReadonlySet<TypeModel>): string {
  return [ENV_REF, ...[...shared].map((type) => emitter.declaration(type))].join('\n');
}

function elementFile(
  emitter: TypeEmitter,
  kind: ElementKind,
  root: TypeModel,
  shared: ReadonlySet<TypeModel>,
): string {
  const own = emitter.declared(root).filter((type) => !shared.has(type));
  const declarations = own.map((type) => emitter.declaration(type)).join('\n');
  const used = [...shared]
    .map((type) => PROPS.typeName(type))
    .filter((name) => new RegExp(`\\b${name}\\b`).test(declarations))
    .sort();
  const imports = [
    `import type { Construct } from 'constructs';\n`,
    declarations.includes('EnvRef') ? ENV_REF : '',
    `import { ComposeElement, type ComposeElementOptions } from '../element';\n`,
    used.length > 0 ? `import type { ${used.join(', ')} } from './shared';\n` : '',
  ].join('');
  return [imports, elementClass(kind, root), declarations].join('\n');
}

function elementClass(kind: ElementKind, root: TypeModel): string {
  const name = `Compose${kind.type}`;
  const props = PROPS.typeName(root);
  const optional = root.object!.required.length === 0 ? ' = {}' : '';
  return `/**
 * One ${kind.about}.
 *
 * Level 1: every prop of the specification, nothing added and nothing secured. Problems with the
 * props are findings at synthesis; the policy rules check the result like any other.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/${kind.specification}
 * @example
 * import { App, Sandbox } from 'sandbox-cdk';
 * import { ${name} } from 'sandbox-cdk/compose';
 *
 * const sandbox = new Sandbox(new App(), 'lab');
 * new ${name}(sandbox, 'example', {
${kind.example.map((line) => ` *   ${line},\n`).join('')} * });
 */
export class ${name} extends ComposeElement<${props}> {
  /** @param props the props, or a function that gives them at synthesis */
  constructor(
    scope: Construct,
    id: string,
    props: ${props} | (() => ${props})${optional},
    options: ComposeElementOptions = {},
  ) {
    super(scope, id, '${kind.section}', '${kind.type}', props, options.name);
  }
}
`;
}
