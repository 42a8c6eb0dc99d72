/** Everything that is generated from the Compose specification's JSON Schema. */
import { emitConstructs } from './emit-constructs';
import { emitDocument } from './emit-document';
import { emitSchema } from './emit-schema';
import type { JsonSchema } from './json-schema';
import { buildModel } from './model';

/** Folders that hold generated files and nothing else. */
export const GENERATED_FOLDERS = ['lib/compose/generated', 'constructs/compose/generated'] as const;

/** Path in the repository to text. Same schema, same bytes. */
export function generateCompose(schema: JsonSchema): Map<string, string> {
  const types = buildModel(schema);
  const [lib, constructs] = GENERATED_FOLDERS;
  const files = new Map<string, string>();
  files.set(`${lib}/schema.ts`, header('its types as one table') + emitSchema(types));
  files.set(
    `${lib}/document.ts`,
    header('the final Compose document, as types') + emitDocument(types),
  );
  for (const [name, text] of emitConstructs(types)) {
    files.set(`${constructs}/${name}`, header('level-1 constructs and their props') + text);
  }
  return files;
}

function header(what: string): string {
  return `/** Generated from the schema of the Compose specification: ${what}. */\n`;
}
