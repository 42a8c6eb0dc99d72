/** Runs the rules over one sandbox, and settles findings against acknowledgements. */
import { reasonProblem } from '../core/acknowledgement-reason';
import { covers, type Acknowledgement, type Finding } from '../core/finding';
import { closest } from '../core/suggest';
import { severityAt, type PolicySubject, type Rule } from './rule';
import { RULES } from './rules';
import { show } from './values';

/** Says which construct, and which line of the user's, a document path came from. */
export type Locate = (property: string) => Pick<Finding, 'construct' | 'source'>;

/** Every violation of every rule, as findings. Acknowledgements are not looked at here. */
export function evaluate(
  subject: PolicySubject,
  locate: Locate,
  rules: readonly Rule[] = RULES,
): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    const severity = severityAt(rule, subject.level);
    if (severity === 'off') continue;
    for (const { message, fix, property } of rule.check(subject)) {
      findings.push(
        Object.assign(locate(property), {
          rule: rule.id,
          severity,
          message,
          fix: fix ?? rule.fix,
          property,
          acknowledgeable: rule.acknowledgeable,
        }),
      );
    }
  }
  return findings;
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

/**
 * Takes the accepted findings out. Adds every acknowledgement that matched to `used`. One without
 * a good reason accepts nothing.
 */
export function settle(
  findings: readonly Finding[],
  acknowledgements: readonly Acknowledgement[],
  used: Set<Acknowledgement>,
): Settled {
  if (acknowledgements.length === 0) return { open: findings, accepted: [] };
  const byRule = groupByRule(acknowledgements);
  const open: Finding[] = [];
  const accepted: Accepted[] = [];
  for (const finding of findings) {
    const matching = (byRule.get(finding.rule) ?? []).filter(
      (candidate) => covers(candidate, finding) && !reasonProblem(candidate.reason),
    );
    for (const acknowledgement of matching) used.add(acknowledgement);
    if (matching[0]) accepted.push({ finding, acknowledgement: matching[0] });
    else open.push(finding);
  }
  return { open, accepted };
}

function groupByRule(all: readonly Acknowledgement[]): Map<string, Acknowledgement[]> {
  const byRule = new Map<string, Acknowledgement[]>();
  for (const acknowledgement of all) {
    const known = byRule.get(acknowledgement.rule);
    if (known) known.push(acknowledgement);
    else byRule.set(acknowledgement.rule, [acknowledgement]);
  }
  return byRule;
}

/** The finding for an acknowledgement that accepted nothing. */
export function unusedAcknowledgement(acknowledgement: Acknowledgement): Finding {
  const { rule: id, scope, source } = acknowledgement;
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
  const problem = reasonProblem(acknowledgement.reason);
  if (problem) {
    return {
      ...base,
      rule: 'invalid-acknowledgement',
      message: `the acknowledgement of ${show(id)} has no good reason: ${problem}; received ${show(acknowledgement.reason)}`,
      fix: 'give a reason of one line that a reviewer will read',
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
    message: `the acknowledgement of ${show(id)} matches no finding here${guess ? `; did you mean ${guess}?` : ''}`,
    fix: 'remove it, or give it on the construct that has the finding',
  };
}
