/**
 * Writes the assembly into the output folder. Nothing is written that is there already; nothing is
 * lost that a person wrote; and whenever a run is cut short, every file is whole and the next run mends
 * the rest. The steps: compare (plan), note what will change (journal), change it (apply), and then
 * say so (manifest).
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { OutputError } from '../core/errors';
import { applyPlan, removeTemporary, writeWhole } from './apply';
import type { Assembly } from './assembly';
import { asOutputError } from './io-error';
import { JOURNAL_FILE, readJournal, serializeJournal, type Journal } from './journal';
import { LOCK_FILE, withLock } from './lock';
import { MANIFEST_FILE, mergeManifest, serializeManifest, type Manifest } from './manifest';
import { assertSafeFolder, assertSafePaths, TEMPORARY_FILE } from './output-path';
import { OutputTree } from './output-tree';
import { Ownership, sandboxOf } from './ownership';
import { parseManifest } from './parse-manifest';
import { makePlan, type Plan, type Wanted } from './plan';

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
 * OUTPUT_BUSY when another run is at work. Only OUTPUT_UNWRITABLE can come after the first change.
 */
export function writeAssembly(assembly: Assembly, options: WriteOptions = {}): WriteResult {
  const only = options.only && new Set(options.only);
  const { folder, manifest } = assembly;
  const sandboxes = assembly.sandboxes.filter(({ name }) => only?.has(name) ?? true);
  assertSafePaths(sandboxes);
  try {
    assertSafeFolder(folder, options.projectDir);
    const wanted = { sandboxes, manifest };
    const unchanged = only ? undefined : countIfUpToDate(folder, wanted);
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
function countIfUpToDate(folder: string, { sandboxes, manifest }: Wanted): number | undefined {
  const traces = [LOCK_FILE, JOURNAL_FILE, TEMPORARY_FILE];
  if (traces.some((trace) => fs.lstatSync(path.join(folder, trace), QUIET))) return undefined;
  const tree = new OutputTree(folder);
  if (tree.read(MANIFEST_FILE) !== serializeManifest(manifest)) return undefined;
  let count = 1;
  for (const { name, files } of sandboxes) {
    for (const [file, content] of files) {
      if (!tree.holds(`${name}/${file}`, content)) return undefined;
    }
    count += files.size;
  }
  return count;
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
  const old = readRecords(tree, overwrite);
  const ownership = new Ownership(old.manifest, old.journal, only);
  const plan = makePlan(wanted, tree, ownership, overwrite);

  const manifest = serializeManifest(mergeManifest(old.manifest, wanted.manifest, only));
  const manifestChanges = tree.read(MANIFEST_FILE) !== manifest;
  const elsewhere = new Map([...old.journal].filter(([file]) => only && !only.has(sandboxOf(file))));
  const changes = plan.writes.length + plan.removals.length > 0;

  removeTraces(tree, old.journal);
  if (changes) {
    writeWhole(tree.locate(JOURNAL_FILE), serializeJournal(journalOf(plan, elsewhere)));
    applyPlan(folder, plan);
  }
  if (manifestChanges) writeWhole(tree.locate(MANIFEST_FILE), manifest);
  closeJournal(tree, elsewhere);

  const written = plan.writes.map(({ file }) => file);
  return {
    written: manifestChanges ? [...written, MANIFEST_FILE] : written,
    unchanged: plan.unchanged + (manifestChanges ? 0 : 1),
    removed: plan.removals.map(({ file }) => file),
  };
}

interface Records {
  readonly manifest: Manifest | undefined;
  readonly journal: Journal;
}

/** What earlier runs noted. With `overwrite`, notes that cannot be read are as good as none. */
function readRecords(tree: OutputTree, overwrite: boolean): Records {
  const text = tree.read(MANIFEST_FILE);
  const parse = () => text && parseManifest(text, tree.locate(MANIFEST_FILE));
  const tolerate = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      const unreadable = error instanceof OutputError && error.code === 'OUTPUT_FOREIGN';
      if (overwrite && unreadable) return otherwise;
      throw error;
    }
  };
  return {
    manifest: tolerate(parse, undefined) || undefined,
    journal: tolerate(() => readJournal(tree), new Map()),
  };
}

/** Every hash that a file may have until the run is over. */
function journalOf(plan: Plan, elsewhere: Journal): Journal {
  const journal = new Map(elsewhere);
  for (const { file, found, hash } of plan.writes) {
    journal.set(file, found === undefined || found === hash ? [hash] : [found, hash]);
  }
  for (const { file, found } of plan.removals) journal.set(file, [found]);
  return journal;
}

/** Removes half-written files of a run that was killed. They can only be where it was writing. */
function removeTraces(tree: OutputTree, journal: Journal): void {
  const folders = new Set([...journal.keys()].map((file) => path.dirname(file)));
  removeTemporary(tree.folder);
  for (const folder of folders) {
    if (tree.hasFolder(folder)) removeTemporary(tree.locate(folder));
  }
}

/** After a run of a few sandboxes, what was cut short in the others is still to be mended. */
function closeJournal(tree: OutputTree, elsewhere: Journal): void {
  const journal = tree.locate(JOURNAL_FILE);
  if (elsewhere.size > 0) writeWhole(journal, serializeJournal(elsewhere));
  else fs.rmSync(journal, { force: true });
}
