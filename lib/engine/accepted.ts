/** Walls that the program itself took away, in the open: with an acknowledgement and its reason. */
import type { OutputSandbox } from '../assembly/read';
import type { Acceptance } from './report';
import type * as Rules from './static/rules';
import type * as Subject from './static/subject';

/** Rows that are not a matter of description: what is there was found, and nobody can have meant it. */
const NEVER = ['F2', 'F5', 'K8', 'N13', 'S2', 'D1'];

/**
 * What explains that a row of docs/THREATS.md is broken: faults that the folder itself shows, each of
 * them acknowledged. Nothing where one is not, or where the folder shows none.
 */
export function acceptedBy(
  row: string,
  sandbox: OutputSandbox,
  service: string,
): readonly Acceptance[] {
  if (NEVER.includes(row) || sandbox.manifest.acknowledged.length === 0) return [];
  const { subjectOf, faultsOf } = rulesOfSynthesis();
  const faults = faultsOf(
    subjectOf(sandbox),
    sandbox,
  )(service).filter(({ rule }) => rule.threats.includes(row));
  const accepted = faults.flatMap((fault) => (fault.accepted ? [fault.accepted] : []));
  return accepted.length === faults.length ? accepted : [];
}

/* eslint-disable @typescript-eslint/no-require-imports -- a hundred rules, seldom needed */
function rulesOfSynthesis(): typeof Rules & typeof Subject {
  return {
    ...(require('./static/rules') as typeof Rules),
    ...(require('./static/subject') as typeof Subject),
  };
}
/* eslint-enable @typescript-eslint/no-require-imports */
