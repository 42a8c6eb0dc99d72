/** What a finding's id means, from the rules and from the findings that are no rule. */
import { closest } from '../../core/suggest';
import { OTHER_FINDINGS, type OtherFinding } from '../../policy/other-findings';
import type { Rule } from '../../policy/rule';
import { RULES } from '../../policy/rules';
import { usageError, type CommandError } from '../exit-code';
import type { Style } from '../io';
import { acknowledgementCode } from '../output/findings';

/** As `--json` gives it. */
export interface ExplainedFinding extends OtherFinding {
  /** One severity, or one for each level. */
  readonly severity: Rule['severity'];
  readonly acknowledgeable: boolean;
  readonly threats: readonly string[];
}

export function allFindings(): ExplainedFinding[] {
  return [
    ...RULES.map(({ id, title, severity, acknowledgeable, why, fix, threats }) => ({
      id,
      title,
      severity,
      acknowledgeable,
      why,
      fix,
      threats,
    })),
    ...OTHER_FINDINGS.map((finding) => ({
      ...finding,
      severity: 'error' as const,
      acknowledgeable: false,
      threats: [],
    })),
  ];
}

export function findFinding(id: string): ExplainedFinding | undefined {
  return allFindings().find((finding) => finding.id === id);
}

export function resemblesFinding(id: string): boolean {
  return closestFinding(id) !== undefined;
}

function closestFinding(id: string): string | undefined {
  return closest(
    id,
    allFindings().map((finding) => finding.id),
  );
}

export function unknownFinding(id: string): CommandError {
  const guess = closestFinding(id);
  return usageError(
    'UNKNOWN_ID',
    `there is no finding ${id}${guess ? `; did you mean ${guess}?` : ''}\nsandbox-cdk explain lists all of them; in a project, it takes the name of a sandbox and the path of a construct too`,
  );
}

export function renderFinding(finding: ExplainedFinding, style: Style): string {
  const { id, title, why, fix, acknowledgeable, threats } = finding;
  const accept = acknowledgeable
    ? `${acknowledgementCode(id)}  // on the construct, or one above it`
    : 'not possible';
  const rows = [
    ['severity', severityText(finding.severity)],
    ['why', why],
    ['fix', fix],
    ['accept', accept],
    ...(threats.length > 0 ? [['threats', threats.join(', ')]] : []),
  ];
  const lines = rows.map(([label, text]) => `  ${style('dim', label!.padEnd(8))}  ${text}`);
  return [`${style('bold', id)}: ${title}`, ...lines, ''].join('\n');
}

export function severityText(severity: Rule['severity']): string {
  if (typeof severity === 'string') return severity;
  return Object.entries(severity)
    .map(([level, at]) => `${at} at level ${level}`)
    .join(', ');
}
