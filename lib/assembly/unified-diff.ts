/** Drift as the text that every reviewer can read: a unified diff from the disk to the program. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Drift } from './drift';

const CONTEXT_LINES = 3;
/** Texts that have less in common are shown as removed and added; finding more would take too long. */
const MOST_EDITS = 1_000;

/**
 * A unified diff for every file: `-` is what is on disk, `+` is what the program generates. Files that
 * were never generated are named in one line each. The text ends with a newline, or is empty.
 */
export function unifiedDiff(drift: readonly Drift[]): string {
  const patch = (path: string, actual: string | undefined, expected: string | undefined) => {
    const from = actual === undefined ? '/dev/null' : `on disk/${path}`;
    const to = expected === undefined ? '/dev/null' : `generated/${path}`;
    const options = { context: CONTEXT_LINES, headerOptions: FILE_HEADERS_ONLY };
    return (
      createTwoFilesPatch(from, to, actual ?? '', expected ?? '', undefined, undefined, {
        ...options,
        maxEditLength: MOST_EDITS,
      }) ?? replaced(from, to, actual ?? '', expected ?? '')
    );
  };
  return drift
    .map(({ path, kind, actual, expected }) =>
      kind === 'unknown' || (actual === undefined && expected === undefined)
        ? `Only on disk, not generated: ${path}\n`
        : patch(path, actual, expected),
    )
    .join('');
}

/** The whole of both texts, where nothing shorter could be found in time. */
function replaced(from: string, to: string, actual: string, expected: string): string {
  const before = marked('-', actual);
  const after = marked('+', expected);
  return [
    `--- ${from}`,
    `+++ ${to}`,
    `@@ -${before.range} +${after.range} @@`,
    ...before.lines,
    ...after.lines,
    '',
  ].join('\n');
}

function marked(sign: string, text: string): { range: string; lines: string[] } {
  if (text === '') return { range: '0,0', lines: [] };
  const lines = text.replace(/\n$/, '').split('\n');
  const end = text.endsWith('\n') ? [] : ['\\ No newline at end of file'];
  return { range: `1,${lines.length}`, lines: [...lines.map((line) => sign + line), ...end] };
}
