/** Writable places in memory: where they are, how much fits in, and what may be done there. */
import type { Effect, Verdict } from './change';
import { keyed, plain, type Classifier, type Subject } from './classifier';
import { compareLimits } from './limits';
import { isInside, removedMount } from './mount-inside';
import { tmpfsOf, type TmpfsValue } from './mount-list';
import { bytesOf, numberOf } from './values';

export const tmpfs: Classifier = keyed(tmpfsOf, function* (target, before, after, subject) {
  const [old, next] = [before, after] as [TmpfsValue | undefined, TmpfsValue | undefined];
  if (!next) {
    const { text, readOnly } = old!;
    yield removedMount(target, { value: text, empty: true, readOnly }, subject);
  } else if (!old) yield* added(target, next, subject);
  else yield* changed(target, old, next, subject);
});

function* added(target: string, next: TmpfsValue, subject: Subject): Iterable<Verdict> {
  const { name, isNew } = subject;
  const verdict = (effect: Effect, summary: string): Verdict => {
    return { before: undefined, after: next.text, effect, summary };
  };
  if (isInside(target, subject.after)) {
    yield verdict('narrows', `${target} is hidden from ${name} now`);
  } else if (next.size === undefined) {
    const summary = `${name} can now fill the memory through ${target}, which has no size`;
    yield verdict('broadens', summary);
  } else if (!isNew) {
    // That a new service has room for its files is nothing to look at.
    yield verdict('broadens', `${name} can now write to ${target}, in memory`);
  }
}

function* changed(
  target: string,
  old: TmpfsValue,
  next: TmpfsValue,
  subject: Subject,
): Iterable<Verdict> {
  const verdicts = [...limits(target, old, next, subject), ...rights(target, old, next, subject)];
  if (verdicts.length > 0) yield* verdicts;
  else yield* plain([`tmpfs at ${target}`])(old.text, next.text, subject);
}

function limits(target: string, old: TmpfsValue, next: TmpfsValue, subject: Subject): Verdict[] {
  const memory = { noun: `memory at ${target}`, parse: bytesOf, unlimited: [0] };
  const files = { noun: `files at ${target}`, counted: true, parse: numberOf, unlimited: [0] };
  const size = compareLimits(memory, old.size, next.size, subject);
  const inodes = compareLimits(files, old.inodes, next.inodes, subject);
  return [
    ...(size ? [{ ...size, at: ['size'] }] : []),
    ...(inodes ? [{ ...inodes, at: ['nr_inodes'] }] : []),
  ];
}

const RIGHTS = {
  exec: 'execute programs in',
  suid: 'use setuid programs in',
  dev: 'use devices in',
  write: 'write to',
} as const;

function* rights(
  target: string,
  old: TmpfsValue,
  next: TmpfsValue,
  { name }: Subject,
): Iterable<Verdict> {
  for (const [right, what] of Object.entries(RIGHTS)) {
    const [before, after] = [old, next].map(({ allowed }) => allowed.has(right));
    if (before === after) continue;
    const effect = after ? 'broadens' : 'narrows';
    const summary = `${name} can ${after ? 'now' : 'no longer'} ${what} ${target}`;
    yield { at: [right], before, after, effect, summary };
  }
}
