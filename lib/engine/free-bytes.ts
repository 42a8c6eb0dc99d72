import * as fs from 'node:fs';

/** What a file system has left; `undefined` for a folder that is not on this host, or lies where this person may not look. */
export function freeBytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = fs.statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
