/** Walls that the program itself took away, in the open: with an acknowledgement and its reason. */
import type { OutputSandbox } from '../assembly/read';
import type * as Rules from '../policy/rules';
import type { Acceptance } from './report';

/** The acknowledgements of a service, of rules that guard this row of docs/THREATS.md. */
export function acceptedBy(
  row: string,
  { name, manifest }: OutputSandbox,
  service: string,
): readonly Acceptance[] {
  const own = manifest.acknowledged.filter(({ construct }) =>
    isConstructOf(construct, name, service),
  );
  if (own.length === 0) return [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a hundred rules, seldom needed
  const { RULES } = require('../policy/rules') as typeof Rules;
  return own
    .filter(({ rule }) => RULES.find(({ id }) => id === rule)?.threats.includes(row))
    .map(({ rule, reason }) => ({ rule, reason }));
}

/** The construct of the service itself, or one below it; one above would speak for other services too. */
export function isConstructOf(construct: string, sandbox: string, service: string): boolean {
  const path = `/${construct}/`;
  return path.includes(`/${sandbox}/${service}/`);
}
