/**
 * Times by which files of other content differ. BuildKit takes a file of the last build, of whatever
 * project, for this one's where name, size and time are the same, and never looks into it. Files that
 * are written at once, by synthesis or by a checkout, often have one time; and a digit that changes
 * changes no size.
 */
import * as fs from 'node:fs';
import { sha256 } from './manifest';

/** What a time in seconds, as a number, can hold of a second at this century's size. */
const FRACTIONS = 2 ** 22;

/** A time in the same second, with a fraction that comes from the content. */
export function distinctTime(seconds: number, content: string): number {
  return Math.floor(seconds) + (parseInt(sha256(content).slice(0, 8), 16) % FRACTIONS) / FRACTIONS;
}

/** Sets the time of a file on disk. What may not be touched stays as it is. */
export function setDistinctTime(file: string, content: string): void {
  try {
    const { atimeMs, mtimeMs } = fs.lstatSync(file);
    fs.lutimesSync(file, atimeMs / 1000, distinctTime(mtimeMs / 1000, content));
  } catch {
    // Somebody else's file: that a build took another one's content, validation finds (S2).
  }
}
