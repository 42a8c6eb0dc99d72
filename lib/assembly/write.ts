/**
 * Writes the assembly into the output folder. Nothing is written that is there already; nothing is
 * lost that a person wrote; and whenever a run is cut short, every file is whole and the next run mends
 * the rest. The steps: compare (plan), note what will change (journal), change it (apply), and then
 * say so (manifest).
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { applyPlan, removeEmptyFolders, removeFile, removeTemporary, writeWhole } from './apply';
import type { Assembly } from './assembly';
import { asOutputError } from './io-error';
import { JOURNAL_FILE, serializeJournal, type Journal } from './journal';
import { LOCK_FILE, withLock } from './lock';
import { MANIFEST_FILE, mergeManifest, serializeManifest } from './manifest';
import { assertSafeFolder, assertSafePaths, TEMPORARY_FILE } from './output-path';
import { OutputTree } from './output-tree';
import { Ownership, sandboxOf } from './ownership';
import { makePlan, type Plan, type Wanted } from './plan';
import { readRecords, readRecordsLeniently } from './records';
import { hashOfSeed, isSeed } from './seed';

export interface WriteOptions {
  /** Names of the sandboxes to write; the others stay as they are. Default: all. */
  readonly only?: readonly string[];
  /** Replace files that were edited by hand, or are not ours. Default: false. */
  readonly overwrite?: boolean;
  /** Absolute path of the project: refused as an output folder, and so is everything above it. */
  readonly projectDir?: string;
}

export interface WriteResult {
  /** Files written, relative to the output folder; the manifest among them. */
  readonly written: readonly string[];
  /** How many files were there already, the manifest counted. */
  readonly unchanged: number;
  /** Files removed because nothing produces them any more. */
  readonly removed: readonly string[];
}

/**
 * Writes an assembly to its folder. Files keep their inode and time when their content is unchanged.
 *
 * @throws OutputError OUTPUT_EDITED or OUTPUT_FOREIGN when something would be lost, OUTPUT_UNSAFE for
 * paths, symlinks and folders that must not be written, OUTPUT_UNWRITABLE when the system refuses,
 * OUTPUT_BUSY when another run is at work. A failure in the middle of writing is mended by the next run.
 */
export function writeAssembly(assembly: Assembly, options: WriteOptions = {}): WriteResult {
  const only = options.only && new Set(options.only);
  const { folder, manifest } = assembly;
  const sandboxes = assembly.sandboxes.filter(({ name }) => only?.has(name) ?? true);
  assertSafePaths(sandboxes);
  try {
    assertSafeFolder(folder, options.projectDir);
    const wanted = { sandboxes, manifest };
    const unchanged = countIfUpToDate(folder, wanted, only);
    if (unchanged !== undefined) return { written: [], unchanged, removed: [] };
    fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
    return withLock(folder, () => update(folder, wanted, only, options.overwrite ?? false));
  } catch (error) {
    throw asOutputError(error, folder);
  }
}

/**
 * How many files there are, if each is as wanted and no run was cut short: then there is no need for a
 * lock, and a folder that cannot be written is as good as any.
 */
function countIfUpToDate(
  folder: string,
  { sandboxes, manifest }: Wanted,
  only: ReadonlySet<string> | undefined,
): number | undefined {
  const traces = [LOCK_FILE, JOURNAL_FILE, TEMPORARY_FILE];
  if (traces.some((trace) => fs.lstatSync(path.join(folder, trace), QUIET))) return undefined;
  const tree = new OutputTree(folder);
  const text = tree.read(MANIFEST_FILE);
  if (text === undefined) return undefined;
  const old = only && readRecordsLeniently(tree).manifest;
  if (text !== serializeManifest(mergeManifest(old, manifest, only))) return undefined;
  let count = 1;
  for (const { name, files } of sandboxes) {
    for (const [file, content] of files) {
      if (!stands(tree, `${name}/${file}`, content)) return undefined;
    }
    count += files.size;
  }
  return count;
}

function stands(tree: OutputTree, file: string, content: string): boolean {
  return isSeed(file) ? hashOfSeed(tree, file) !== undefined : tree.holds(file, content);
}

const QUIET = { throwIfNoEntry: false } as const;

/** The write itself, with the lock held. */
function update(
  folder: string,
  wanted: Wanted,
  only: ReadonlySet<string> | undefined,
  overwrite: boolean,
): WriteResult {
  const tree = new OutputTree(folder);
  const old = overwrite ? readRecordsLeniently(tree) : readRecords(tree);
  const plan = makePlan(wanted, tree, new Ownership(old.manifest, old.journal, only), overwrite);
  const manifest = serializeManifest(mergeManifest(old.manifest, wanted.manifest, only));
  const manifestChanges = tree.read(MANIFEST_FILE) !== manifest;

  removeTraces(tree, old.journal);
  if (plan.writes.length + plan.removals.length > 0) {
    writeWhole(tree.locate(JOURNAL_FILE), serializeJournal(journalOf(plan, old.journal)));
    applyPlan(folder, plan);
  }
  removeEmptyFolders(folder, foldersOf(old.journal));
  if (manifestChanges) writeWhole(tree.locate(MANIFEST_FILE), manifest);
  closeJournal(tree, old.journal, only);

  const written = plan.writes.map(({ file }) => file);
  return {
    written: manifestChanges ? [...written, MANIFEST_FILE] : written,
    unchanged: plan.unchanged + (manifestChanges ? 0 : 1),
    removed: plan.removals.map(({ file }) => file),
  };
}

/** Every hash that a file may have until the run is over; what is not touched keeps its entry. */
function journalOf({ writes, removals }: Plan, old: Journal): Journal {
  const journal = new Map(old);
  for (const { file, found, hash } of writes) {
    journal.set(file, found === undefined || found === hash ? [hash] : [found, hash]);
  }
  for (const { file, found } of removals) journal.set(file, [found]);
  return journal;
}

/** Removes half-written files of a run that was killed. They can only be where it was writing. */
function removeTraces(tree: OutputTree, journal: Journal): void {
  removeTemporary(tree.folder);
  for (const folder of foldersOf(journal)) {
    if (tree.hasFolder(folder)) removeTemporary(tree.locate(folder));
  }
}

function foldersOf(journal: Journal): Set<string> {
  return new Set([...journal.keys()].map((file) => path.posix.dirname(file)));
}

/** After a run of a few sandboxes, what was cut short in the others is still to be mended. */
function closeJournal(tree: OutputTree, old: Journal, only: ReadonlySet<string> | undefined): void {
  const open = [...old].filter(([file]) => only && !only.has(sandboxOf(file)));
  const file = tree.locate(JOURNAL_FILE);
  if (open.length > 0) writeWhole(file, serializeJournal(new Map(open)));
  else removeFile(file);
}
