/** What the rules of synthesis say of the folder as it lies there now. */
import type { OutputSandbox } from '../../assembly/read';
import { severityAt, type PolicySubject, type Rule, type Violation } from '../../policy/rule';
import { RULES } from '../../policy/rules';
import type { Acceptance } from '../report';

/** One thing that violates a rule, and what the program says to that. */
export interface Fault extends Violation {
  readonly rule: Rule;
  readonly severity: 'error' | 'warning';
  /** What to do about it. */
  readonly fix: string;
  /** The acknowledgement that the program gave, where there is one. */
  readonly accepted?: Acceptance;
}

/** What synthesis would stop at or warn of, of this service and of what all share. */
export function faultsOf(
  subject: PolicySubject,
  sandbox: OutputSandbox,
): (service: string) => readonly Fault[] {
  const all = RULES.flatMap((rule) => {
    const severity = severityAt(rule, subject.level);
    if (severity === 'off' || severity === 'note') return [];
    return rule.check(subject).map((each) => ({ fix: rule.fix, ...each, rule, severity }));
  });
  return (service) =>
    all
      .filter(({ property }) => concerns(property, service))
      .map((fault) => ({ ...fault, accepted: acceptanceOf(fault, sandbox, service) }));
}

/** The faults that lie on the way of a row of docs/THREATS.md. */
export function faultsOfRow(faults: readonly Fault[], row: string): readonly Fault[] {
  return faults.filter(({ rule }) => rule.threats.includes(row));
}

/** Only where all of it was accepted. */
export function acceptancesOf(faults: readonly Fault[]): readonly Acceptance[] {
  const accepted = faults.flatMap((fault) => (fault.accepted ? [fault.accepted] : []));
  return accepted.length === faults.length ? accepted : [];
}

/** A network or a volume concerns every service. */
function concerns(property: string, service: string): boolean {
  return !property.startsWith('services.') || `${property}.`.startsWith(`services.${service}.`);
}

function acceptanceOf(
  { rule, property }: Pick<Fault, 'rule' | 'property'>,
  { name, manifest }: OutputSandbox,
  service: string,
): Acceptance | undefined {
  const isShared = !property.startsWith('services.');
  const found = manifest.acknowledged.find(
    (each) => each.rule === rule.id && (isShared || isConstructOf(each.construct, name, service)),
  );
  return found && { rule: rule.id, reason: found.reason };
}

/** The construct of the service itself, or one below it; one above would speak for other services too. */
function isConstructOf(construct: string, sandbox: string, service: string): boolean {
  return `/${construct}/`.includes(`/${sandbox}/${service}/`);
}
