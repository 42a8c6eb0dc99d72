/**
 * Secrets in a folder that an agent is given to read: what `start` masks, and `validate` looks for.
 *
 * Not looked into are folders that somebody else filled with what is public anyway, and whose keys
 * are those of other people's tests: `node_modules`, a Python environment (it holds `pyvenv.cfg`), a
 * build cache (it holds `CACHEDIR.TAG`), and the objects of git. A secret that was ever committed is
 * therefore still to be read from the history: only a new key helps there. Folders of built files
 * (`dist`, `build`) are looked into: what was bundled may have a secret in it.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isInside } from '../../core/inside';
import { holdsSecret } from './secret-content';
import { secretFile, secretFolder } from './secret-names';

export interface SecretSearch {
  /** Absolute paths of folders below that are left out: what agents themselves write. */
  readonly except?: readonly string[];
}

/**
 * Files and folders (these end in `/`) below a folder that hold secrets, relative to it, with `/`,
 * sorted. A symlink is followed only where its name is that of a secret, and counts for what it leads
 * to, if that lies in the folder: elsewhere it leads nowhere inside. What cannot be read, and so cannot
 * be judged, counts as a secret. Never throws; a folder that is not there holds nothing.
 */
export function findSecrets(folder: string, { except = [] }: SecretSearch = {}): readonly string[] {
  const root = realFolder(folder);
  if (root === undefined) return [];
  const walk: Walk = { root, except: new Set(except.map(realOrSame)), found: new Set() };
  const folders = [''];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) lookInto(at, walk, folders);
  return withoutCovered([...walk.found].sort());
}

interface Walk {
  readonly root: string;
  readonly except: ReadonlySet<string>;
  readonly found: Set<string>;
}

/** @param at relative to the root; ends in `/` unless it is the root itself */
function lookInto(at: string, walk: Walk, folders: string[]): void {
  const { root, except, found } = walk;
  let entries: fs.Dirent[];
  try {
    entries = fs.readdirSync(path.join(root, at), { withFileTypes: true });
  } catch {
    if (at !== '') found.add(at);
    return;
  }
  if (at !== '' && entries.some(isMarkOfOthers)) return;
  for (const entry of entries) {
    const file = at + entry.name;
    if (entry.isDirectory()) {
      if (secretFolder(file)) found.add(`${file}/`);
      else if (!isSkipped(file) && !except.has(path.join(root, file))) folders.push(`${file}/`);
    } else if (entry.isFile()) {
      if (isSecret(file, path.join(root, file))) found.add(file);
    } else if (entry.isSymbolicLink()) {
      const real = secretBehind(file, root);
      if (real !== undefined) found.add(real);
    }
  }
}

/** Files whose folder was filled by a tool, from public sources. */
function isMarkOfOthers({ name }: fs.Dirent): boolean {
  return name === 'pyvenv.cfg' || name === 'CACHEDIR.TAG';
}

function isSkipped(file: string): boolean {
  return /(?:^|\/)(?:node_modules|\.git\/(?:.*\/)?(?:objects|lfs))$/.test(file);
}

function isSecret(file: string, absolute: string): boolean {
  const rule = secretFile(file);
  if (rule === undefined) return false;
  return rule === 'always' ? !isEmpty(absolute) : holdsSecret(absolute, rule);
}

function isEmpty(file: string): boolean {
  try {
    return fs.lstatSync(file).size === 0;
  } catch {
    return false;
  }
}

/** What a symlink with the name of a secret leads to, if that lies in the folder. */
function secretBehind(link: string, root: string): string | undefined {
  const isFolder = secretFolder(link);
  if (!isFolder && secretFile(link) === undefined) return undefined;
  try {
    const real = fs.realpathSync(path.join(root, link));
    if (!isInside(real, root)) return undefined;
    const relative = path.relative(root, real).split(path.sep).join('/');
    const status = fs.lstatSync(real);
    if (status.isDirectory()) return isFolder ? `${relative}/` : undefined;
    return status.isFile() && isSecret(link, real) ? relative : undefined;
  } catch {
    return undefined;
  }
}

/** Leaves out what lies in a folder that is a secret as a whole. Sorted, such a folder comes first. */
function withoutCovered(sorted: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let cover: string | undefined;
  for (const each of sorted) {
    if (cover !== undefined && each.startsWith(cover)) continue;
    kept.push(each);
    if (each.endsWith('/')) cover = each;
  }
  return kept;
}

function realFolder(folder: string): string | undefined {
  try {
    const real = fs.realpathSync(folder);
    return fs.statSync(real).isDirectory() ? real : undefined;
  } catch {
    return undefined;
  }
}

function realOrSame(folder: string): string {
  try {
    return fs.realpathSync(folder);
  } catch {
    return path.resolve(folder);
  }
}
