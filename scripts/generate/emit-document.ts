/** Emits lib/compose/generated/document.ts: the final document, as policy rules and tests read it. */
import { TypeEmitter } from './emit-types';
import { DOCUMENT } from './flavour';
import type { TypeModel } from './model';

export function emitDocument(types: ReadonlyMap<string, TypeModel>): string {
  const document = types.get('Document')!;
  const emitter = new TypeEmitter(DOCUMENT, [document]);
  const declarations = emitter.declared(document).map((type) => emitter.declaration(type));
  return [`import type { EnvRef } from '../../core/env-ref';\n`, ...declarations].join('\n');
}
