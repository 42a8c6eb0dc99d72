import * as path from 'node:path';

/** True for a folder itself and what lies below it; both absolute and normal. By text: follows no link. */
export function isInside(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}
