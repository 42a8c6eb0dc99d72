/** Assertions about findings and acknowledgements. */
import type { Finding } from '../core/finding';
import { closest } from '../core/suggest';
import { fail, type EntryPoint } from './assertion-error';
import { describeClosest, judge } from './closest-matches';
import type { AcceptedFinding, TemplateContent } from './content';
import { isObject } from './compare';
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
export function findingsOf(content: TemplateContent, entry: EntryPoint): readonly Finding[] {
  const fromFolder = `an output folder records no findings; use Template.fromSandbox for sandbox ${content.name}`;
  return content.findings ?? fail(fromFolder, entry);
}

/** There is no open finding; notes do not count. */
export function assertNoFindings(content: TemplateContent, entry: EntryPoint): void {
  const findings = findingsOf(content, entry).filter(({ severity }) => severity !== 'note');
  if (findings.length === 0) return;
  const lines = findings.map((finding) => `\n  ${describe(finding)}; ${finding.fix}`);
  fail(
    `expected no findings in sandbox ${content.name} but received ${findings.length}:${lines.join('')}`,
    entry,
  );
}

/** There is an open finding of the rule, and it is as expected. */
export function assertFinding(
  content: TemplateContent,
  rule: string,
  expected: unknown,
  entry: EntryPoint,
): void {
  const findings = findingsOf(content, entry);
  assertRecord(content, 'finding', rule, findings, expected, FINDING_KEYS, entry);
}

/** A finding of the rule was accepted, as expected. */
export function assertAcknowledgement(
  content: TemplateContent,
  rule: string,
  expected: unknown,
  entry: EntryPoint,
): void {
  assertRecord(content, 'acknowledgement', rule, content.accepted, expected, ACCEPTED_KEYS, entry);
}

/** Nothing was accepted. */
export function assertNoAcknowledgements(
  { name, accepted }: TemplateContent,
  entry: EntryPoint,
): void {
  if (accepted.length === 0) return;
  const lines = accepted.map(
    ({ rule, construct, reason }) => `\n  ${rule} at ${construct}: ${reason}`,
  );
  fail(`expected nothing acknowledged in sandbox ${name} but there is:${lines.join('')}`, entry);
}

function assertRecord(
  content: TemplateContent,
  noun: string,
  rule: string,
  records: readonly (Finding | AcceptedFinding)[],
  expected: unknown,
  keys: readonly string[],
  entry: EntryPoint,
): void {
  checkKeys(expected, noun, keys, entry);
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
    fail(`no ${noun} ${where} is as expected\n\n${describeClosest(judged)}`, entry);
  }
  const rules = [...new Set(records.map((record) => record.rule))];
  const guess = closest(rule, rules);
  const advice = guess ? `did you mean ${guess}?` : `there are: ${rules.join(', ') || 'none'}`;
  fail(`there is no ${noun} ${where}; ${advice}`, entry);
}

function checkKeys(
  expected: unknown,
  noun: string,
  keys: readonly string[],
  entry: EntryPoint,
): void {
  if (!isObject(expected)) return;
  for (const key of Object.keys(expected).filter((name) => !keys.includes(name))) {
    const guess = closest(key, keys);
    const advice = guess ? `did you mean ${guess}?` : `known: ${keys.join(', ')}`;
    fail(`this can never be expected: a ${noun} has no ${showText(key)}; ${advice}`, entry);
  }
}

function describe({ severity, rule, construct, message }: Finding): string {
  return `${severity} ${rule} at ${construct}: ${message}`;
}
