/**
 * Seeds: generated files below `<sandbox>/output/<service>/`, which is the folder an agent writes to.
 * They are put there so that the folder exists and is kept out of commits; what becomes of them is the
 * agent's business. So one that is not as generated is neither drift nor handwork, it is left alone, and
 * no trap that an agent sets at its place can stop a run.
 */
import * as fs from 'node:fs';
import { OutputError } from '../core/errors';
import { hasCode } from './io-error';
import type { OutputTree } from './output-tree';

const SEED = /^[^/]+\/output\/[^/]+\/./;

/** @param file relative to the output folder */
export function isSeed(file: string): boolean {
  return SEED.test(file);
}

/** Equal to no hash: something stands there, and it is no plain file. */
const NO_FILE = 'no file';

/**
 * The sha256 of what stands at a seed's place; `undefined` when nothing does, and something that is no
 * hash when that is a symlink, a folder or anything else but a file.
 *
 * @throws OutputError OUTPUT_UNSAFE for a symlink above the agent's folder
 */
export function hashOfSeed(tree: OutputTree, file: string): string | undefined {
  try {
    if (isLarge(tree.locate(file))) return NO_FILE;
    return tree.hash(file) ?? (tree.obstacleAt(file) === undefined ? undefined : NO_FILE);
  } catch (error) {
    if (isTrap(tree, error)) return NO_FILE;
    throw error;
  }
}

/** More than any seed is: an agent can make it larger than what can be read. */
const LARGE = 64 * 1024;

function isLarge(absolute: string): boolean {
  return (fs.lstatSync(absolute, { throwIfNoEntry: false })?.size ?? 0) > LARGE;
}

/** Also what the agent closed to its reader: nothing of it may keep a sandbox from being stopped. */
function isTrap(tree: OutputTree, error: unknown): boolean {
  if (hasCode(error, 'EACCES', 'EPERM', 'ENOTDIR', 'ELOOP')) return true;
  if (!(error instanceof OutputError)) return false;
  return error.paths.every((where) => isSeed(where.slice(tree.folder.length + 1)));
}
