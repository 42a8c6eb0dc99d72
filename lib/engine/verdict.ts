/** Verdicts, and how several of them become one. */

/** `unproven`: no answer could be had, which is never a pass. */
export type Verdict = 'proven' | 'broken' | 'unproven';

export interface Judgement {
  readonly verdict: Verdict;
  /** What was seen, in one line. */
  readonly evidence: string;
}

export const proven = (evidence: string): Judgement => ({ verdict: 'proven', evidence });
export const broken = (evidence: string): Judgement => ({ verdict: 'broken', evidence });
export const unproven = (evidence: string): Judgement => ({ verdict: 'unproven', evidence });

/** All must hold: broken by one that is broken, else unproven by one that is unproven. */
export function all(judgements: readonly Judgement[]): Judgement {
  for (const verdict of ['broken', 'unproven'] as const) {
    const such = judgements.filter((judgement) => judgement.verdict === verdict);
    if (such.length > 0) return { verdict, evidence: joined(such) };
  }
  return judgements.length > 0 ? proven(joined(judgements)) : unproven('nothing was looked at');
}

/** Several ways to see one wall: broken when any saw it broken, proven when one proved it. */
export function either(...judgements: readonly Judgement[]): Judgement {
  for (const verdict of ['broken', 'proven', 'unproven'] as const) {
    const such = judgements.filter((judgement) => judgement.verdict === verdict);
    if (such.length > 0) return { verdict, evidence: joined(such) };
  }
  return unproven('nothing was looked at');
}

function joined(judgements: readonly Judgement[]): string {
  return [...new Set(judgements.map(({ evidence }) => evidence))].join('; ');
}

/** Something that was looked at: what was seen, or why it could not be. */
export type Fact<T> = { readonly seen: T } | { readonly unseen: string };

/** Judges what was seen; what could not be seen is unproven. */
export function judgeFact<T>(fact: Fact<T>, judge: (seen: T) => Judgement): Judgement {
  return 'seen' in fact ? judge(fact.seen) : unproven(fact.unseen);
}

/** What is being looked at; or that it cannot be, and why. */
export async function seenOr<T>(what: string, looking: Promise<T>): Promise<Fact<T>> {
  try {
    return { seen: await looking };
  } catch (error) {
    return { unseen: `${what}: ${(error as Error).message}` };
  }
}
