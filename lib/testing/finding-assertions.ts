/** Assertions about findings and acknowledgements. */
import type { Finding } from '../core/finding';
import { isObject } from '../core/is-object';
import { closest } from '../core/suggest';
import { fail } from './assertion-error';
import { describeClosest, judge } from './closest-matches';
import type { AcceptedFinding, TemplateContent } from './content';
import { showText } from './show';

const FINDING_KEYS: readonly (keyof Finding)[] = [
  'rule',
  'severity',
  'message',
  'fix',
  'construct',
  'source',
  'property',
  'acknowledgeable',
];
const ACCEPTED_KEYS: readonly (keyof AcceptedFinding)[] = ['rule', 'construct', 'reason'];

/** All open findings. */
export function findingsOf(content: TemplateContent): readonly Finding[] {
  const fromFolder = `an output folder records no findings; use Template.fromSandbox for sandbox ${content.name}`;
  return content.findings ?? fail(fromFolder);
}

/** There is no open finding; notes do not count. */
export function assertNoFindings(content: TemplateContent): void {
  const findings = findingsOf(content).filter(({ severity }) => severity !== 'note');
  if (findings.length === 0) return;
  const lines = findings.map((finding) => `\n  ${describe(finding)}; ${finding.fix}`);
  fail(
    `expected no findings in sandbox ${content.name} but received ${findings.length}:${lines.join('')}`,
  );
}

/** There is an open finding of the rule, and it is as expected. */
export function assertFinding(content: TemplateContent, rule: string, expected: unknown): void {
  const findings = findingsOf(content);
  assertRecord(content, 'finding', rule, findings, expected, FINDING_KEYS);
}

/** A finding of the rule was accepted, as expected. */
export function assertAcknowledgement(
  content: TemplateContent,
  rule: string,
  expected: unknown,
): void {
  assertRecord(content, 'acknowledgement', rule, content.accepted, expected, ACCEPTED_KEYS);
}

/** Nothing was accepted. */
export function assertNoAcknowledgements({ name, accepted }: TemplateContent): void {
  if (accepted.length === 0) return;
  const lines = accepted.map(
    ({ rule, construct, reason }) => `\n  ${rule} at ${construct}: ${reason}`,
  );
  fail(`expected nothing acknowledged in sandbox ${name} but there is:${lines.join('')}`);
}

function assertRecord(
  content: TemplateContent,
  noun: string,
  rule: string,
  records: readonly (Finding | AcceptedFinding)[],
  expected: unknown,
  keys: readonly string[],
): void {
  checkKeys(expected, noun, keys);
  const ofRule = records.filter((record) => record.rule === rule);
  const judged = judge(
    expected,
    ofRule.map((value) => ({ label: `${rule} at ${value.construct}`, value })),
  );
  const matching = judged.filter(({ result }) => result.matches);
  for (const { result } of matching) result.succeed();
  if (matching.length > 0) return;
  const where = `of ${showText(rule)} in sandbox ${content.name}`;
  if (judged.length > 0) {
    fail(`no ${noun} ${where} is as expected\n\n${describeClosest(judged)}`);
  }
  const rules = [...new Set(records.map((record) => record.rule))];
  const guess = closest(rule, rules);
  const advice = guess ? `did you mean ${guess}?` : `there are: ${rules.join(', ') || 'none'}`;
  fail(`there is no ${noun} ${where}; ${advice}`);
}

function checkKeys(expected: unknown, noun: string, keys: readonly string[]): void {
  if (!isObject(expected)) return;
  for (const key of Object.keys(expected).filter((name) => !keys.includes(name))) {
    const guess = closest(key, keys);
    const advice = guess ? `did you mean ${guess}?` : `known: ${keys.join(', ')}`;
    fail(`this can never be expected: a ${noun} has no ${showText(key)}; ${advice}`);
  }
}

function describe({ severity, rule, construct, message }: Finding): string {
  return `${severity} ${rule} at ${construct}: ${message}`;
}
