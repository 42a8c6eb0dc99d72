/** Paths inside a container, in one spelling. */
import { posix } from 'node:path';

const CLEAN = /^(?:\/[^/.][^/]*)+$/;

/** The path without doubled slashes, `.` and `..`; nothing for one that is not absolute. */
export function containerPath(text: string | undefined): string | undefined {
  if (text === undefined || !text.startsWith('/')) return undefined;
  return CLEAN.test(text) ? text : posix.resolve('/', text);
}

/** True when `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  if (!path.startsWith(folder)) return false;
  return folder === '/' || path.length === folder.length || path[folder.length] === '/';
}
