/**
 * manifest.pending.json: what a write is about to change. It is on disk before the first file changes
 * and goes when the last one has, so a run that was killed leaves behind which half-new files are
 * generated ones, and no later run takes them for somebody's handwork.
 *
 * Nothing is flushed to the platter: being killed loses no page of the system's cache. After a power
 * cut the output is generated again, or taken from version control.
 */
import { isObject } from '../core/is-object';
import { isHash, foreign, parseJson } from './parse-manifest';
import { isSafeOutputPath } from './output-path';

export const JOURNAL_FILE = 'manifest.pending.json';

/** Hashes that a generated file may have, by path relative to the output folder. */
export type Journal = ReadonlyMap<string, readonly string[]>;

/**
 * The journal that an interrupted run left behind.
 *
 * @param where path of the file, for messages
 * @throws OutputError OUTPUT_FOREIGN when it is not one of ours
 */
export function parseJournal(text: string, where: string): Journal {
  const value = parseJson(text, where);
  const files = isObject(value) ? value.files : undefined;
  if (!isObject(files)) throw foreign(where, 'is no journal of this tool');
  const journal = new Map<string, readonly string[]>();
  for (const [file, hashes] of Object.entries(files)) {
    if (!isSafeOutputPath(file) || !Array.isArray(hashes) || !hashes.every(isHash)) {
      throw foreign(where, `has no valid entry for ${JSON.stringify(file)}`);
    }
    journal.set(file, hashes);
  }
  return journal;
}

export function serializeJournal(journal: Journal): string {
  return `${JSON.stringify({ format: 1, files: Object.fromEntries(journal) }, null, 2)}\n`;
}
