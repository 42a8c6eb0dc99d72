/**
 * Compiles the templates and embeds the static files of lib/templates, so that nothing has to be
 * found on disk, parsed or compiled when a program runs.
 */
import Handlebars from 'handlebars';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

const FOLDER = 'lib/templates';
const TEMPLATE = '.hbs';
const ASSETS = ['.py', '.sh'];

/** The folder that holds the generated modules and nothing else. */
export const TEMPLATES_FOLDER = `${FOLDER}/generated`;

/** Path in the repository to text. Same templates, same bytes. */
export function generateTemplates(root: string): Map<string, string> {
  const names = readdirSync(join(root, FOLDER)).sort();
  const read = (name: string) =>
    readFileSync(join(root, FOLDER, name), 'utf8').replaceAll('\r\n', '\n');
  const ofKind = (...kinds: string[]) => names.filter((name) => kinds.includes(extname(name)));
  return new Map([
    [
      `${TEMPLATES_FOLDER}/templates.ts`,
      compiled(ofKind(TEMPLATE).map((name) => [basename(name, TEMPLATE), precompile(read(name))])),
    ],
    [
      `${TEMPLATES_FOLDER}/assets.ts`,
      embedded(ofKind(...ASSETS).map((name) => [name, read(name)])),
    ],
  ]);
}

/** A missing variable is an error at run time; an unknown helper is one here. */
function precompile(source: string): string {
  const options = { strict: true, noEscape: true, knownHelpersOnly: true };
  return Handlebars.precompile(source, options) as string;
}

function compiled(templates: [name: string, code: string][]): string {
  const entries = templates.map(([name, code]) => `  ${JSON.stringify(name)}: ${code},\n`);
  // The compiler's output is JavaScript without types.
  return `// @ts-nocheck\n/** Generated from lib/templates: its templates, compiled. */\nexport const templates = {\n${entries.join('')}};\n`;
}

function embedded(assets: [name: string, text: string][]): string {
  const entries = assets.map(
    ([name, text]) => `  ${JSON.stringify(name)}: ${JSON.stringify(text)},\n`,
  );
  return `/** Generated from lib/templates: its static files. */\nexport const assets = {\n${entries.join('')}} as const;\n`;
}
