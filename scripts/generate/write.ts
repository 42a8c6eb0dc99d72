/** Writes generated files, but only where something changed, and removes those no longer made. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @returns the paths that were written or removed */
export function writeGenerated(
  root: string,
  folders: readonly string[],
  files: ReadonlyMap<string, string>,
): string[] {
  const changed: string[] = [];
  for (const [path, text] of files) {
    if (read(join(root, path)) === text) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    changed.push(path);
  }
  for (const folder of folders) {
    for (const name of readdirSync(join(root, folder))) {
      const path = `${folder}/${name}`;
      if (files.has(path)) continue;
      rmSync(join(root, path), { recursive: true });
      changed.push(path);
    }
  }
  return changed;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
