/** When nothing matches: the candidates that come closest, each with what is wrong with it. */
import { compare, PARTIAL } from './compare';
import type { MatchResult } from './matcher';
import { showMismatches } from './show-mismatches';

const MOST_SHOWN = 3;

/** Something an expectation is held against, and how it is called in messages. */
export interface Candidate {
  readonly label: string;
  readonly value: unknown;
}

export interface Judged extends Candidate {
  readonly result: MatchResult;
}

/** Holds the expectation against each candidate. */
export function judge(expected: unknown, candidates: readonly Candidate[]): Judged[] {
  return candidates.map((candidate) => ({
    ...candidate,
    result: compare(expected, candidate.value, PARTIAL),
  }));
}

/** The candidates that do not match, closest first, at most three, with their mismatches marked. */
export function describeClosest(judged: readonly Judged[]): string {
  const ranked = judged
    .filter(({ result }) => !result.matches)
    .toSorted((a, b) => a.result.cost - b.result.cost);
  const shown = ranked.slice(0, MOST_SHOWN);
  const blocks = shown.map(({ label, value, result }) =>
    showMismatches(label, value, result.mismatches).join('\n'),
  );
  const hidden = ranked.length - shown.length;
  if (hidden > 0) blocks.push(`(and ${hidden} more)`);
  return blocks.join('\n\n');
}
