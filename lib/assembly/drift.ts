/** Drift: how the output folder on disk differs from what the program would generate. */
import type { Assembly, SandboxAssembly } from './assembly';
import { JOURNAL_FILE } from './journal';
import { MANIFEST_FILE, mergeManifest, serializeManifest } from './manifest';
import { assertSafeFolder, TEMPORARY_FILE } from './output-path';
import { OutputTree } from './output-tree';
import { Ownership } from './ownership';
import { readRecordsLeniently } from './records';
import { hashOfSeed, isSeed } from './seed';

/**
 * `missing`: would be written; `changed`: holds something else; `stale`: was generated and no longer
 * is; `unknown`: lies in a sandbox's folder and was never generated.
 */
export type DriftKind = 'missing' | 'changed' | 'stale' | 'unknown';

export interface Drift {
  /** Relative to the output folder. */
  readonly path: string;
  readonly kind: DriftKind;
  /** What the program generates, for `missing` and `changed`. */
  readonly expected?: string;
  /** What is on disk, for `changed` and `stale`. */
  readonly actual?: string;
}

/**
 * Compares the disk with an assembly; reads only. What an agent left in `output/` of a sandbox, and
 * the files that desktops scatter, are no drift.
 *
 * @param only names of the sandboxes to compare. Default: all
 * @returns sorted by path; empty when there is no drift
 * @throws OutputError OUTPUT_UNSAFE for a symlink at the place of a generated file or folder
 */
export function findDrift(assembly: Assembly, only?: readonly string[]): Drift[] {
  assertSafeFolder(assembly.folder);
  const chosen = only && new Set(only);
  const sandboxes = assembly.sandboxes.filter(({ name }) => chosen?.has(name) ?? true);
  const tree = new OutputTree(assembly.folder);
  // Notes that cannot be read are drift themselves, not a reason to stop.
  const records = readRecordsLeniently(tree);
  const expected = serializeManifest(mergeManifest(records.manifest, assembly.manifest, chosen));

  const generated = new Set<string>([JOURNAL_FILE]);
  const drift = [...compare(tree, MANIFEST_FILE, expected), ...findLeftJournal(tree)];
  for (const { name, files } of sandboxes) {
    for (const [file, content] of files) {
      generated.add(`${name}/${file}`);
      const check = isSeed(`${name}/${file}`) ? compareSeed : compare;
      drift.push(...check(tree, `${name}/${file}`, content));
    }
  }
  const ownership = new Ownership(records.manifest, records.journal, chosen);
  for (const file of ownership.files()) {
    if (generated.has(file)) continue;
    generated.add(file);
    if (isSeed(file) && !ownership.isOurs(file, hashOfSeed(tree, file) ?? '')) continue;
    const actual = tree.read(file);
    if (actual !== undefined) drift.push({ path: file, kind: 'stale', actual });
  }
  for (const sandbox of sandboxes) drift.push(...findUnknown(tree, sandbox, generated));
  return drift.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function compare(tree: OutputTree, path: string, expected: string): Drift[] {
  if (tree.holds(path, expected)) return [];
  const actual = tree.read(path);
  return actual === undefined
    ? [{ path, kind: 'missing', expected }]
    : [{ path, kind: 'changed', expected, actual }];
}

/** An agent may do with it as it likes, but the folder must be there. */
function compareSeed(tree: OutputTree, path: string, expected: string): Drift[] {
  return hashOfSeed(tree, path) === undefined ? [{ path, kind: 'missing', expected }] : [];
}

/** A run was cut short; the next one takes the journal away. */
function findLeftJournal(tree: OutputTree): Drift[] {
  const actual = tree.read(JOURNAL_FILE);
  return actual === undefined ? [] : [{ path: JOURNAL_FILE, kind: 'stale', actual }];
}

/** Files that desktops and editors of file systems leave anywhere. */
const SCATTERED =
  /^(?:\.DS_Store|\._.*|\.directory|Thumbs\.db|desktop\.ini|\.fuse_hidden.*|\.nfs.*)$/i;

function* findUnknown(
  tree: OutputTree,
  { name }: SandboxAssembly,
  generated: ReadonlySet<string>,
): Iterable<Drift> {
  const folders = [name];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of tree.list(folder)) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (path !== `${name}/output`) folders.push(path);
      } else if (!generated.has(path) && !SCATTERED.test(entry.name)) {
        yield { path, kind: entry.name === TEMPORARY_FILE ? 'stale' : 'unknown' };
      }
    }
  }
}
