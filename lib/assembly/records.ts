/** What earlier runs noted about the output folder: the manifest, and a journal if one was cut short. */
import { OutputError } from '../core/errors';
import { JOURNAL_FILE, parseJournal, type Journal } from './journal';
import { MANIFEST_FILE, type Manifest } from './manifest';
import type { OutputTree } from './output-tree';
import { parseManifest } from './parse-manifest';

export interface Records {
  readonly manifest: Manifest | undefined;
  readonly journal: Journal;
}

/**
 * Reads both.
 *
 * @throws OutputError OUTPUT_FOREIGN when one of them cannot be understood
 */
export function readRecords(tree: OutputTree): Records {
  const manifest = parsed(tree, MANIFEST_FILE, parseManifest);
  const journal = parsed(tree, JOURNAL_FILE, parseJournal);
  return { manifest, journal: journal ?? new Map<string, never>() };
}

/** Reads both; one that cannot be understood is as good as none. */
export function readRecordsLeniently(tree: OutputTree): Records {
  const manifest = ifReadable(() => parsed(tree, MANIFEST_FILE, parseManifest));
  const journal = ifReadable(() => parsed(tree, JOURNAL_FILE, parseJournal));
  return { manifest, journal: journal ?? new Map<string, never>() };
}

function parsed<T>(
  tree: OutputTree,
  file: string,
  parse: (text: string, where: string) => T,
): T | undefined {
  const text = tree.read(file);
  return text === undefined ? undefined : parse(text, tree.locate(file));
}

function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof OutputError && error.code === 'OUTPUT_FOREIGN') return undefined;
    throw error;
  }
}
