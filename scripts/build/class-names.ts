/**
 * The bundler renames some classes (`_Size`, `Change2`). The names of ours are in messages ("Sandbox:
 * there is no prop …") and errors, so each gets its own back. The bundler could keep all names of
 * everything, but that costs a tenth of a short run.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';

const SOURCES = ['lib', 'constructs', 'presets'];

/** The names of all classes in the sources. */
export function ownClasses(root: string): ReadonlySet<string> {
  const names = SOURCES.flatMap((folder) => sources(path.join(root, folder))).flatMap((file) => {
    const declarations = fs
      .readFileSync(file, 'utf8')
      .matchAll(/^(?:export )?(?:abstract )?class (\w+)/gm);
    return Array.from(declarations, ([, name]) => name!);
  });
  return new Set(names);
}

/** Gives every class of ours that was renamed its name as a property. */
export function withClassNames(code: string, names: ReadonlySet<string>): string {
  return code.replace(
    /\bclass (_*(\w+?)(\d*))( extends [\w.$]+)?\{/g,
    (whole, given: string, base: string, digits: string) => {
      const name = [base + digits, base].find((candidate) => names.has(candidate));
      return name === undefined || name === given
        ? whole
        : `${whole}static name=${JSON.stringify(name)};`;
    },
  );
}

function sources(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return sources(file);
    return file.endsWith('.ts') ? [file] : [];
  });
}
