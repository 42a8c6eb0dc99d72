/**
 * Seeds: generated files below `<sandbox>/output/<service>/`, which is the folder an agent writes to.
 * They are put there so that the folder exists and is kept out of commits; what becomes of them is the
 * agent's business. So one that is not as generated is neither drift nor handwork, it is left alone, and
 * no trap that an agent sets at its place can stop a run.
 */
import { OutputError, type OutputErrorCode } from '../core/errors';
import { sha256 } from './manifest';
import type { OutputTree } from './output-tree';

const SEED = /^[^/]+\/output\/[^/]+\/./;

/** @param file relative to the output folder */
export function isSeed(file: string): boolean {
  return SEED.test(file);
}

/** What stands at a seed's place. */
export interface Seed {
  /** Its sha256; something that is no hash when it cannot be what was generated. */
  readonly hash: string;
  readonly content: string;
}

/** A symlink, a folder, closed to its reader, huge: whatever it is, it is no content of ours. */
const NOT_OURS: Seed = { hash: 'not ours', content: '' };

/** Generated ones are far smaller, and an agent can make one that no memory holds. */
const MOST_BYTES = 4096;

/**
 * One read, for between two of them an agent can put something else there; `undefined` when nothing
 * stands there.
 *
 * @throws OutputError OUTPUT_UNSAFE for a symlink above the agent's folder
 */
export function readSeed(tree: OutputTree, file: string): Seed | undefined {
  try {
    const bytes = tree.head(file, MOST_BYTES + 1);
    if (!bytes) return tree.obstacleAt(file) === undefined ? undefined : NOT_OURS;
    if (bytes.length > MOST_BYTES) return NOT_OURS;
    return { hash: sha256(bytes), content: bytes.toString('utf8') };
  } catch (error) {
    if (isTrap(tree, error)) return NOT_OURS;
    throw error;
  }
}

/** As `readSeed`, for who needs no content. */
export function hashOfSeed(tree: OutputTree, file: string): string | undefined {
  return readSeed(tree, file)?.hash;
}

const TRAPS: readonly OutputErrorCode[] = ['OUTPUT_UNSAFE', 'OUTPUT_UNWRITABLE'];

function isTrap(tree: OutputTree, error: unknown): boolean {
  if (!(error instanceof OutputError) || !TRAPS.includes(error.code)) return false;
  return error.paths.every((where) => isSeed(where.slice(tree.folder.length + 1)));
}
