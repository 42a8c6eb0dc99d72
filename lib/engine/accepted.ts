/** Walls that the program itself took away, in the open: with an acknowledgement and its reason. */
import type { OutputSandbox } from '../assembly/read';
import type { Acceptance } from './report';
import type * as Rules from './static/rules';
import type * as Subject from './static/subject';

/** Rows that are not a matter of description: what is there was found, and nobody can have meant it. */
const NEVER = ['F2', 'F5', 'K8', 'N13', 'S2', 'D1'];

/** What explains that a row of docs/THREATS.md is broken on a service. */
export type Acceptances = (row: string, service: string) => readonly Acceptance[];

/**
 * Faults that the folder itself shows, each of them acknowledged. Nothing where one is not, or where the
 * folder shows none. The rules are asked once, and only where something is broken and acknowledged.
 */
export function acceptancesIn(sandbox: OutputSandbox): Acceptances {
  let faults: ReturnType<typeof Rules.faultsOf> | undefined;
  return (row, service) => {
    if (NEVER.includes(row) || sandbox.manifest.acknowledged.length === 0) return [];
    const { subjectOf, faultsOf, faultsOfRow, acceptancesOf } = rulesOfSynthesis();
    faults ??= faultsOf(subjectOf(sandbox), sandbox);
    return acceptancesOf(faultsOfRow(faults(service), row));
  };
}

/* eslint-disable @typescript-eslint/no-require-imports -- a hundred rules, seldom needed */
function rulesOfSynthesis(): typeof Rules & typeof Subject {
  return {
    ...(require('./static/rules') as typeof Rules),
    ...(require('./static/subject') as typeof Subject),
  };
}
/* eslint-enable @typescript-eslint/no-require-imports */
