/** Every rule, on documents that it must accept and on documents that it must reject. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { evaluate } from '../../lib/policy/evaluate';
import { OTHER_FINDINGS } from '../../lib/policy/other-findings';
import { RULES } from '../../lib/policy/rules';
import { buildCases } from './cases/build';
import { fileCases } from './cases/files';
import { hostPathCases } from './cases/host-paths';
import { kernelCases } from './cases/kernel';
import { limitCases } from './cases/limits';
import { mountSourceCases } from './cases/mount-sources';
import { namespaceCases } from './cases/namespaces';
import { networkCases } from './cases/network';
import { privilegeCases } from './cases/privileges';
import { recordCases } from './cases/records';
import { secretCases } from './cases/secrets';
import { service, subject } from './default-sandbox';

const ALL = [
  ...namespaceCases,
  ...hostPathCases,
  ...kernelCases,
  ...networkCases,
  ...privilegeCases,
  ...fileCases,
  ...mountSourceCases,
  ...limitCases,
  ...recordCases,
  ...secretCases,
  ...buildCases,
];

describe.each(ALL.map((cases) => [cases.rule.id, cases] as const))('%s', (_, cases) => {
  const { rule, accepts, rejects } = cases;

  test.each(Object.entries(accepts))('accepts %s', (_, { service: changes, ...options }) => {
    expect(rule.check(subject(service(changes), options))).toEqual([]);
  });

  test.each(Object.entries(rejects))('rejects %s', (_, { service: changes, at, ...options }) => {
    const violations = rule.check(subject(service(changes), options));
    const expected = at.map((property) =>
      property.startsWith('/') ? property.slice(1) : `services.agent.${property}`,
    );
    expect(violations.map(({ property }) => property)).toEqual(expected);
    for (const { message } of violations) expect(message).toMatch(/^[^\p{Cc}]+$/u);
  });
});

describe('the set of rules', () => {
  test('has a compliant and a non-compliant test for each rule', () => {
    const tested = ALL.filter(({ accepts, rejects }) => {
      return Object.keys(accepts).length > 0 && Object.keys(rejects).length > 0;
    });
    expect(tested.map(({ rule }) => rule.id).sort()).toEqual(RULES.map(({ id }) => id).sort());
  });

  test('has a file of the same name for each rule, and no other', () => {
    const folder = path.join(__dirname, '../../lib/policy/rules');
    const files = fs.readdirSync(folder).map((file) => path.basename(file, '.ts'));
    expect(files.filter((file) => file !== 'index').sort()).toEqual(
      RULES.map(({ id }) => id).sort(),
    );
  });

  test('has ids in kebab-case that no other finding has', () => {
    const ids = [...RULES, ...OTHER_FINDINGS].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  test.each(RULES.map((rule) => [rule.id, rule] as const))('explains %s in full', (_, rule) => {
    expect(rule.title).toMatch(/^\S.{10,120}[^.]$/);
    expect(rule.why).toMatch(/^\S.{30,}\.$/);
    expect(rule.fix).toMatch(/^[a-z].{4,}[^.]$/s);
    expect(rule.threats.length).toBeGreaterThan(0);
  });

  test('lets nothing be accepted that is never acceptable, and those are errors', () => {
    const never = RULES.filter(({ acknowledgeable }) => !acknowledgeable);
    expect(never.map(({ id }) => id)).toEqual([
      'engine-socket-mounted',
      'privileged-service',
      'privileged-build',
      'host-network',
      'host-pid',
      'host-ipc',
      'host-user-namespace',
      'host-uts',
      'host-cgroup-namespace',
      'shared-namespace',
      'host-root-mounted',
      'home-directory-mounted',
      'credential-directory-mounted',
      'session-socket-mounted',
      'seccomp-unconfined',
      'apparmor-unconfined',
      'selinux-disabled',
      'system-paths-unmasked',
      'wall-from-environment',
      'duplicate-mount-target',
      'document-not-self-contained',
      'loader-variable-set',
    ]);
    for (const { severity } of never) expect(severity).toBe('error');
  });

  test.each([1, 2] as const)('has no error for a default sandbox of level %d', (level) => {
    const findings = evaluate(subject(service(), { level }), () => ({ construct: 'shop' }));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('asks at level 3 for what a default sandbox cannot give: a digest and a log server', () => {
    const findings = evaluate(subject(service(), { level: 3 }), () => ({ construct: 'shop' }));
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule }) => rule)).toEqual(['audit-logging-missing', 'image-not-pinned']);
  });
});
