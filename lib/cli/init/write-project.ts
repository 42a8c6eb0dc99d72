/** Writes the files of a new project: all of them or none, and never over one that exists. */
import * as fs from 'node:fs';
import * as path from 'node:path';

export interface ProjectFile {
  /** Relative to the project folder. */
  readonly path: string;
  readonly content: string;
}

/** The files that something already has the place of. */
export function existingFiles(folder: string, files: readonly ProjectFile[]): ProjectFile[] {
  return files.filter(({ path: file }) => isTaken(path.join(folder, file)));
}

/** A dangling symlink has the place too: writing would create what it points to. */
function isTaken(file: string): boolean {
  try {
    fs.lstatSync(file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    // Below a file that should be a folder, nothing can be made either.
    if (code === 'ENOTDIR') return true;
    throw error;
  }
}

/** @throws the system's error, after taking back what had been written */
export function writeProject(folder: string, files: readonly ProjectFile[]): void {
  const made: string[] = [];
  try {
    for (const { path: name, content } of files) {
      const file = path.join(folder, name);
      const first = fs.mkdirSync(path.dirname(file), { recursive: true });
      if (first !== undefined) made.push(first);
      // Exclusive: what appeared since it was looked for is not overwritten.
      fs.writeFileSync(file, content, { flag: 'wx' });
      made.push(file);
    }
  } catch (error) {
    // Newest first, so that a folder comes after what was written into it.
    for (const entry of made.reverse()) fs.rmSync(entry, { recursive: true, force: true });
    throw error;
  }
}
