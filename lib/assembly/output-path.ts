/**
 * Which paths may be written. Paths come from programs and from a manifest that somebody committed,
 * so none of them is trusted to stay below the output folder.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { OutputError } from '../core/errors';
import { CONFIG_FILE } from '../core/layout';
import { NAME_PATTERN } from '../core/names';
import { quote } from '../core/quote';

/** Every file is written under this name first, in its own folder, and then renamed. */
export const TEMPORARY_FILE = '.sandbox-cdk.tmp';

const PATH_RULE =
  'a relative path with forward slashes, without empty segments, ., .., backslashes and control characters';

/** True for a path, relative to a sandbox's folder, that stays below it on every system. */
export function isSafePath(file: string): boolean {
  if (/[\\\p{Cc}]|^[A-Za-z]:/u.test(file) || !file.isWellFormed()) return false;
  return file.split('/').every((segment) => !UNSAFE_SEGMENTS.has(segment));
}

const UNSAFE_SEGMENTS = new Set(['', '.', '..', TEMPORARY_FILE]);

/** True for `sandbox/file`, a path relative to the output folder. */
export function isSafeOutputPath(file: string): boolean {
  const slash = file.indexOf('/');
  return slash > 0 && NAME_PATTERN.test(file.slice(0, slash)) && isSafePath(file.slice(slash + 1));
}

/** Thrown before anything is read or written. */
export function assertSafePaths(
  sandboxes: readonly { readonly name: string; readonly files: ReadonlyMap<string, unknown> }[],
): void {
  // Sandboxes of one kind have files of the same names: each name is looked at once.
  const safe = new Set<string>();
  for (const { name, files } of sandboxes) {
    if (!NAME_PATTERN.test(name)) throw unsafe(`received the sandbox name ${quote(name)}`, name);
    for (const file of files.keys()) {
      if (!safe.has(file) && !isSafePath(file)) {
        throw unsafe(`${name}: received the file ${quote(file)}; allowed is ${PATH_RULE}`, file);
      }
      safe.add(file);
      const folder = foldersOf(file).find((above) => files.has(above));
      if (folder !== undefined) {
        throw unsafe(
          `${name}: received ${quote(folder)} as a file and as the folder of another`,
          file,
        );
      }
    }
  }
}

/** `a/b/c`: `a/b`, `a`. */
function foldersOf(file: string): string[] {
  const folders: string[] = [];
  for (let slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1)) {
    folders.push(file.slice(0, slash));
  }
  return folders;
}

/**
 * Refuses an output folder in which a mistake would cost more than generated files: the root of the
 * disk, a home folder, a project, anything above those, and a symlink to anywhere.
 */
export function assertSafeFolder(folder: string, projectDir?: string): void {
  if (!path.isAbsolute(folder)) throw unsafe(`${quote(folder)} is no absolute path`, folder);
  const stats = fs.lstatSync(folder, { throwIfNoEntry: false });
  if (stats && !stats.isDirectory()) {
    const what = stats.isSymbolicLink() ? 'a symlink' : 'no folder';
    throw unsafe(`${folder} is ${what}; move it away, or choose another output folder`, folder);
  }
  const spellings = stats
    ? [path.resolve(folder), fs.realpathSync(folder)]
    : [path.resolve(folder)];
  const precious = [
    ['the root of the disk', path.parse(folder).root],
    ['the home folder', homeFolder()],
    ['the project folder', projectDir],
  ] as const;
  for (const [what, where] of precious) {
    if (where !== undefined && spellings.some((spelling) => isSameOrAbove(spelling, where))) {
      throw unsafe(`${folder} is, or lies above, ${what}; choose a folder of its own`, folder);
    }
  }
  if (stats && fs.existsSync(path.join(folder, CONFIG_FILE))) {
    throw unsafe(`${folder} is a project folder; choose a folder of its own`, folder);
  }
}

/** The home folder that the system knows; a program cannot mislead it by a variable. */
function homeFolder(): string | undefined {
  try {
    return os.userInfo().homedir;
  } catch {
    return undefined; // An id without an entry in the user database, as in many containers.
  }
}

function isSameOrAbove(folder: string, other: string): boolean {
  const relative = path.relative(folder, path.resolve(other));
  return relative === '' || !(/^\.\.(?:[\\/]|$)/.test(relative) || path.isAbsolute(relative));
}

function unsafe(message: string, where: string): OutputError {
  return new OutputError('OUTPUT_UNSAFE', message, [where]);
}
