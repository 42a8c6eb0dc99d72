/** What stops a write: files that would be lost, and things of the wrong kind in the way. */
import { OutputError } from '../core/errors';
import type { OutputTree } from './output-tree';

/** Throws when files would be lost; names them all. */
export function refuseLosses(
  tree: OutputTree,
  edited: readonly string[],
  foreign: readonly string[],
): void {
  if (edited.length + foreign.length === 0) return;
  const [first, ...others] = [
    ...group('edited by hand since they were generated:', edited),
    ...group('in the way of generated files, and not generated:', foreign),
  ];
  const parts = [
    `${tree.folder}: nothing was written; ${first}`,
    ...others,
    'Move what you want to keep into the program, or elsewhere; then synthesize with --overwrite to replace these files.',
  ];
  throw new OutputError(edited.length > 0 ? 'OUTPUT_EDITED' : 'OUTPUT_FOREIGN', parts.join('\n'), [
    ...edited,
    ...foreign,
  ]);
}

/**
 * Throws when a file stands where a folder must be, or the reverse, unless this very run removes it.
 * A folder is never removed with what is in it, whatever was asked for.
 */
export function refuseBlocked(
  tree: OutputTree,
  writes: readonly { readonly file: string }[],
  removals: readonly { readonly file: string }[],
): void {
  const removed = new Set(removals.map(({ file }) => file));
  const blocking = new Set<string>();
  for (const { file } of writes) {
    const obstacle = tree.obstacleAt(file);
    if (obstacle === undefined || removed.has(obstacle)) continue;
    if (obstacle !== file || !isEmptiedBy(removed, tree, file)) blocking.add(obstacle);
  }
  if (blocking.size === 0) return;
  throw new OutputError(
    'OUTPUT_FOREIGN',
    [
      `${tree.folder}: nothing was written; a file where a folder must be, or the reverse:`,
      ...listed([...blocking]),
      'Move them away, then run again.',
    ].join('\n'),
    [...blocking],
  );
}

/** True when nothing stays in a folder once the removed files are gone. */
function isEmptiedBy(removed: ReadonlySet<string>, tree: OutputTree, folder: string): boolean {
  const entries = tree.list(folder);
  return (
    entries.length > 0 &&
    entries.every((entry) => {
      const file = `${folder}/${entry.name}`;
      return entry.isDirectory() ? isEmptiedBy(removed, tree, file) : removed.has(file);
    })
  );
}

function group(title: string, files: readonly string[]): string[] {
  return files.length === 0 ? [] : [title, ...listed(files)];
}

function listed(files: readonly string[]): string[] {
  return files.map((file) => `  ${file}`);
}
