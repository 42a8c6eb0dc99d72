// Turns results into text: the same tables for the terminal and for RESULTS.md.
import { type Case, type CaseResult, type Check, hasLimit, isReached } from './case';
import type { Series } from './measure';
import { mean, median } from './statistics';

/** One case that has run. */
export interface Answer {
  readonly case: Case;
  readonly result: CaseResult;
}

/** One case as Markdown, with its columns padded, so that it is also readable on a terminal. */
export function formatAnswer({ case: { title, name }, result }: Answer): string {
  const parts = [
    `## ${title}`,
    `Case \`${name}\`.`,
    table(
      ['program', 'rounds', 'median', 'min', 'max', 'CPU, mean', 'peak memory'],
      result.series.map((series) => seriesRow(series)),
    ),
    table(['measured', 'value', 'target', ''], result.checks.map(checkRow)),
    ...result.notes,
  ];
  return parts.join('\n\n') + '\n';
}

function seriesRow({ name, milliseconds, cpuMilliseconds, peakMegabytes }: Series): string[] {
  return [
    name,
    String(milliseconds.length),
    seconds(median(milliseconds)),
    seconds(Math.min(...milliseconds)),
    seconds(Math.max(...milliseconds)),
    seconds(mean(cpuMilliseconds)),
    `${Math.round(peakMegabytes)} MB`,
  ];
}

function checkRow(check: Check): string[] {
  const limit =
    check.atMost !== undefined
      ? `at most ${amount(check.atMost, check)}`
      : check.atLeast !== undefined
        ? `at least ${amount(check.atLeast, check)}`
        : '';
  const verdict = hasLimit(check) ? (isReached(check) ? 'reached' : 'missed') : 'no target';
  return [check.what, amount(check.value, check), limit, verdict];
}

function amount(value: number, { unit }: Check): string {
  return value.toFixed(DIGITS[unit] ?? 0) + unit;
}

/** Digits after the point; units that are counted have none. */
const DIGITS: Partial<Record<Check['unit'], number>> = { '×': 2, ' s': 3, ' %': 1 };

function seconds(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? 'unknown' : `${(milliseconds / 1000).toFixed(3)} s`;
}

/** A Markdown table with padded columns. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...rows].map((row) => row[i]!.length)));
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
