/** Runs the rules over one sandbox, and settles findings against acknowledgements. */
import { covers, type Acknowledgement, type Finding } from '../core/finding';
import { closest } from '../core/suggest';
import { severityAt, type PolicySubject, type Rule } from './rule';
import { RULES } from './rules';

/** Says which construct, and which line of the user's, a document path came from. */
export type Locate = (property: string) => Pick<Finding, 'construct' | 'source'>;

/** Every violation of every rule, as findings. Acknowledgements are not looked at here. */
export function evaluate(
  subject: PolicySubject,
  locate: Locate,
  rules: readonly Rule[] = RULES,
): Finding[] {
  return rules.flatMap((rule) =>
    Array.from(rule.check(subject), (violation) =>
      Object.assign(locate(violation.property), {
        rule: rule.id,
        severity: severityAt(rule, subject.level),
        message: violation.message,
        fix: violation.fix ?? rule.fix,
        property: violation.property,
        acknowledgeable: rule.acknowledgeable,
      }),
    ),
  );
}

/** A finding that somebody accepted, and with which reason. */
export interface Accepted {
  readonly finding: Finding;
  readonly acknowledgement: Acknowledgement;
}

export interface Settled {
  /** Findings that nobody accepted. */
  readonly open: readonly Finding[];
  readonly accepted: readonly Accepted[];
}

/** Takes the accepted findings out. Adds every acknowledgement that matched to `used`. */
export function settle(
  findings: readonly Finding[],
  acknowledgements: readonly Acknowledgement[],
  used: Set<Acknowledgement>,
): Settled {
  const open: Finding[] = [];
  const accepted: Accepted[] = [];
  for (const finding of findings) {
    const matching = acknowledgements.filter((candidate) => covers(candidate, finding));
    for (const acknowledgement of matching) used.add(acknowledgement);
    if (matching[0]) accepted.push({ finding, acknowledgement: matching[0] });
    else open.push(finding);
  }
  return { open, accepted };
}

/** The finding for an acknowledgement that matched nothing. */
export function unusedAcknowledgement({ rule: id, scope, source }: Acknowledgement): Finding {
  const base = { severity: 'error', construct: scope, source, acknowledgeable: false } as const;
  const rule = RULES.find((candidate) => candidate.id === id);
  if (rule && !rule.acknowledgeable) {
    return {
      ...base,
      rule: 'invalid-acknowledgement',
      message: `${id} can never be accepted`,
      fix: `remove the acknowledgement; ${rule.fix}`,
    };
  }
  const guess = rule
    ? undefined
    : closest(
        id,
        RULES.map((candidate) => candidate.id),
      );
  return {
    ...base,
    rule: 'unused-acknowledgement',
    message: `the acknowledgement of ${JSON.stringify(id)} matches no finding here${guess ? `; did you mean ${guess}?` : ''}`,
    fix: 'remove it, or give it on the construct that has the finding',
  };
}
