/**
 * Carries out a plan. Every file is written beside its place and renamed, so it is whole at any moment:
 * the old one or the new one.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { distinctTime } from './distinct-time';
import { hasCode } from './io-error';
import { CREATE } from './open-flags';
import { TEMPORARY_FILE } from './output-path';
import { OutputTree } from './output-tree';
import type { Plan } from './plan';

/**
 * Removes, then writes: a file may take the place of a folder, and the reverse. Looks at every folder
 * once more before it is used, because a plan for many files is seconds old by then.
 *
 * @throws OutputError OUTPUT_UNSAFE when a folder has become a symlink
 */
export function applyPlan(folder: string, { removals, writes }: Plan): void {
  remove(folder, removals);
  const tree = new OutputTree(folder);
  const ready = new Set<string>();
  for (const { file, content } of writes) {
    const parent = path.posix.dirname(file);
    if (!ready.has(parent)) {
      if (!tree.hasFolder(parent)) {
        fs.mkdirSync(tree.locate(parent), { recursive: true, mode: 0o755 });
      }
      ready.add(parent);
    }
    writeWhole(tree.locate(file), content);
  }
}

function remove(folder: string, removals: Plan['removals']): void {
  const tree = new OutputTree(folder);
  const left = new Set<string>();
  for (const { file } of removals) {
    const parent = path.posix.dirname(file);
    if (!tree.hasFolder(parent)) continue;
    removeFile(tree.locate(file));
    left.add(parent);
  }
  removeEmptyFolders(folder, left);
}

/**
 * Puts a file in place in one step. Bits the umask takes away are not there; nothing here is ever
 * executable, images set the modes of what they copy.
 */
export function writeWhole(target: string, content: string): void {
  const temporary = path.join(path.dirname(target), TEMPORARY_FILE);
  const file = openNew(temporary);
  try {
    try {
      fs.writeFileSync(file, content);
      const now = Date.now() / 1000;
      fs.futimesSync(file, now, distinctTime(now, content));
    } finally {
      fs.closeSync(file);
    }
    fs.renameSync(temporary, target);
  } catch (error) {
    removeFile(temporary);
    throw error;
  }
}

/** Removes what a killed run left in a folder. */
export function removeTemporary(folder: string): void {
  removeFile(path.join(folder, TEMPORARY_FILE));
}

/** Removes a file that may be gone already. `rmSync` would look three times, at several times the cost. */
export function removeFile(file: string): void {
  try {
    fs.unlinkSync(file);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

/** Only the holder of the lock writes, so a temporary file that is there already was left behind. */
function openNew(temporary: string): number {
  try {
    return fs.openSync(temporary, CREATE, 0o644);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    removeFile(temporary);
    return fs.openSync(temporary, CREATE, 0o644);
  }
}

/** Removes folders, and those above them up to the output folder, as long as nothing is in them. */
export function removeEmptyFolders(folder: string, candidates: Iterable<string>): void {
  const tree = new OutputTree(folder);
  for (const candidate of candidates) {
    if (tree.hasFolder(candidate)) removeIfEmpty(folder, candidate);
  }
}

function removeIfEmpty(folder: string, from: string): void {
  try {
    for (let at = from; at !== '.'; at = path.dirname(at)) fs.rmdirSync(path.join(folder, at));
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) throw error;
  }
}
