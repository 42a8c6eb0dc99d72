/** Looking at files that may not be there, for whatever reason. */
import * as fs from 'node:fs';

export function isFile(file: string): boolean {
  try {
    return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    // A file where a folder would have to be, a loop of symlinks, no permission.
    return false;
  }
}

export function readBytes(file: string): Buffer | undefined {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

export function readText(file: string): string | undefined {
  return readBytes(file)?.toString('utf8');
}
