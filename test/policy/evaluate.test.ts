/** Running the rules, and settling findings against acknowledgements. */
import fc from 'fast-check';
import { EnvRef } from '../../lib/core/env-ref';
import type { Acknowledgement, Finding } from '../../lib/core/finding';
import { policyDigest } from '../../lib/policy/digest';
import { evaluate, settle, unusedAcknowledgement } from '../../lib/policy/evaluate';
import { severityAt, type Rule } from '../../lib/policy/rule';
import { RULES } from '../../lib/policy/rules';
import { service, subject, type Json } from './default-sandbox';

const locate = () => ({ construct: 'shop/agent' });
const finding = (rule: string, changes: Partial<Finding> = {}): Finding => ({
  rule,
  severity: 'error',
  message: 'm',
  fix: 'f',
  construct: 'shop/agent',
  acknowledgeable: true,
  ...changes,
});
const acknowledgement = (
  rule: string,
  changes: Partial<Acknowledgement> = {},
): Acknowledgement => ({
  rule,
  reason: 'because',
  scope: 'shop',
  ...changes,
});

describe('evaluating', () => {
  test('gives each violation its rule, severity, place and fix', () => {
    const findings = evaluate(subject(service({ read_only: false })), (property) => ({
      construct: `from ${property}`,
    }));
    expect(findings).toContainEqual({
      rule: 'root-filesystem-writable',
      severity: 'error',
      message: 'received read_only false; allowed is true',
      fix: 'leave writableRoot out, and give each folder that programs write to a TmpfsMount',
      construct: 'from services.agent.read_only',
      property: 'services.agent.read_only',
      acknowledgeable: true,
    });
  });

  test('takes the severity of the level, and leaves out what a level does not ask for', () => {
    const severities = ([1, 2, 3] as const).map((level) =>
      evaluate(subject(service(), { level }), locate)
        .filter(({ rule }) => rule === 'image-not-pinned' || rule === 'audit-logging-missing')
        .map(({ rule, severity }) => `${rule} ${severity}`),
    );
    expect(severities).toEqual([
      ['image-not-pinned note'],
      ['audit-logging-missing warning', 'image-not-pinned warning'],
      ['audit-logging-missing error', 'image-not-pinned error'],
    ]);
  });

  test('looks at every service, and at overrides of everything', () => {
    const services = {
      a: service(),
      b: service({ privileged: true }),
      c: service({ pid: 'host' }),
    };
    const findings = evaluate(subject(undefined, { document: { services } }), locate);
    const errors = findings.filter(({ severity }) => severity === 'error');
    // Three services with one output folder; at level 1 that is a warning.
    expect(errors.map(({ rule, property }) => `${rule} ${property}`)).toEqual([
      'privileged-service services.b.privileged',
      'host-pid services.c.pid',
    ]);
  });

  test('of an empty document finds nothing, and throws nothing', () => {
    expect(evaluate(subject(undefined, { document: { services: undefined } }), locate)).toEqual([]);
  });

  test('throws nothing, whatever an override put anywhere', () => {
    const keys = [
      'annotations build cap_add cap_drop cgroup cgroup_parent command configs cpus credential_spec',
      'deploy develop device_cgroup_rules devices dns entrypoint env_file environment extends',
      'external_links extra_hosts gpus group_add healthcheck image init ipc label_file labels logging',
      'mem_limit memswap_limit models network_mode networks oom_kill_disable oom_score_adj pid',
      'pids_limit ports post_start pre_stop privileged provider read_only restart runtime scale',
      'secrets security_opt shm_size sysctls tmpfs ulimits use_api_socket user userns_mode uts',
      'volumes volumes_from',
    ].flatMap((line) => line.split(' '));
    const envRef = fc.constantFrom(
      EnvRef.optional('HOME', '/x'),
      EnvRef.required('ANY', 'anything'),
      EnvRef.text`a:${EnvRef.required('ANY', 'anything')}:/b=c`,
    );
    const anything = fc.anything({
      maxDepth: 3,
      values: [
        fc.string({ unit: 'binary' }),
        fc.constantFrom('/', '~', 'a:b:c', 'A=b', '${X}', 'source', 'CMD', '__proto__'),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        envRef,
      ],
      key: fc.constantFrom(
        ...['source', 'target', 'type', 'file', 'external', 'driver_opts', 'o', 'device'],
        ...[
          'context',
          'args',
          'test',
          'options',
          'driver',
          'resources',
          'watch',
          'hard',
          '__proto__',
        ],
      ),
    });
    const anyService = fc.dictionary(fc.constantFrom(...keys), anything, { maxKeys: 6 });
    const anyDocument = fc.record({
      services: fc.oneof(
        anything,
        fc.dictionary(
          fc.string(),
          fc.oneof(
            anything,
            anyService.map((changes) => service(changes)),
          ),
        ),
      ),
      volumes: anything,
      networks: anything,
      secrets: anything,
      configs: anything,
      include: anything,
    });
    fc.assert(
      fc.property(anyDocument, fc.string({ unit: 'binary' }), (document, text) => {
        const options = {
          level: 3,
          document: document as Json,
          files: { 'agent/Dockerfile': text },
        };
        const findings = evaluate(subject(undefined, options as never), locate);
        for (const { message, property } of findings) {
          expect(typeof property).toBe('string');
          expect(message).not.toMatch(/[\n\r\x1b]/);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('takes time in proportion to what there is', () => {
    const services: Json = {};
    for (let index = 0; index < 1500; index++) {
      services[`agent-${index}`] = service({
        volumes: ['../../src:/a:ro', `./output/${index}:/output`, 'v:/v', './x:/x:ro', './x:/y:ro'],
      });
    }
    const started = process.cpuUsage();
    evaluate(subject(undefined, { document: { services } }), locate);
    const { user } = process.cpuUsage(started);
    // Quadratic would be minutes.
    expect(user / 1e6).toBeLessThan(15);
  });
});

describe('settling', () => {
  test('accepts what an acknowledgement covers, and says which one did', () => {
    const used = new Set<Acknowledgement>();
    const [one, other] = [finding('root-user'), finding('host-reachable')];
    const given = acknowledgement('root-user');
    const settled = settle([one, other], [given], used);
    expect(settled).toEqual({
      open: [other],
      accepted: [{ finding: one, acknowledgement: given }],
    });
    expect([...used]).toEqual([given]);
  });

  test('marks every acknowledgement that matches as used', () => {
    const used = new Set<Acknowledgement>();
    const given = [
      acknowledgement('root-user'),
      acknowledgement('root-user', { scope: 'shop/agent' }),
    ];
    settle([finding('root-user')], given, used);
    expect(used.size).toBe(2);
  });

  test.each([
    ['another rule', acknowledgement('root-group')],
    ['another construct', acknowledgement('root-user', { scope: 'shop/other' })],
    ['a construct with a longer name', acknowledgement('root-user', { scope: 'shop/age' })],
    ['no reason', acknowledgement('root-user', { reason: '' })],
    ['a reason of spaces', acknowledgement('root-user', { reason: ' \u3000 ' })],
    ['a reason of two lines', acknowledgement('root-user', { reason: 'a\nb' })],
    ['a reason with a control character', acknowledgement('root-user', { reason: 'a\u001b[2J' })],
    ['a reason with a line separator', acknowledgement('root-user', { reason: 'a\u2028b' })],
    ['a reason that is no text', acknowledgement('root-user', { reason: 7 as never })],
  ])('accepts nothing with an acknowledgement of %s', (_, given) => {
    const used = new Set<Acknowledgement>();
    const settled = settle([finding('root-user')], [given], used);
    expect(settled.open).toHaveLength(1);
    expect(used.size).toBe(0);
  });

  test('never accepts what can never be accepted', () => {
    const never = finding('host-pid', { acknowledgeable: false });
    const settled = settle([never], [acknowledgement('host-pid')], new Set());
    expect(settled.open).toEqual([never]);
  });
});

describe('an acknowledgement that accepted nothing', () => {
  test('is an error of its own, at the construct it was given on', () => {
    expect(unusedAcknowledgement(acknowledgement('root-user'))).toMatchObject({
      rule: 'unused-acknowledgement',
      severity: 'error',
      construct: 'shop',
      acknowledgeable: false,
    });
  });

  test('of a misspelt rule says which one was meant', () => {
    const { message } = unusedAcknowledgement(acknowledgement('rot-user'));
    expect(message).toContain('did you mean root-user?');
  });

  test('of a rule that can never be accepted says so', () => {
    const unused = unusedAcknowledgement(acknowledgement('host-pid'));
    expect(unused.rule).toBe('invalid-acknowledgement');
    expect(unused.message).toContain('can never be accepted');
  });

  test('without a good reason is invalid, and is shown on one line', () => {
    const unused = unusedAcknowledgement(acknowledgement('root-user', { reason: 'a\nb\u009b' }));
    expect(unused.rule).toBe('invalid-acknowledgement');
    expect(unused.message).toMatch(/line breaks.*"a\\nb\\u009b"$/);
  });
});

describe('the digest', () => {
  const [rule] = RULES as [Rule];

  test('is the same for the same rules', () => {
    expect(policyDigest()).toBe(policyDigest([...RULES]));
    expect(policyDigest()).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test('changes with a rule, its severity and whether it can be accepted', () => {
    const digests = [
      policyDigest([rule]),
      policyDigest([]),
      policyDigest([{ ...rule, severity: 'note' }]),
      policyDigest([{ ...rule, severity: { 1: 'off', 2: 'note', 3: 'error' } }]),
      policyDigest([{ ...rule, acknowledgeable: true }]),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });
});

test('a rule has one severity for all levels, or one for each', () => {
  const graded = { severity: { 1: 'off', 2: 'note', 3: 'error' } } as unknown as Rule;
  const fixed = { severity: 'warning' } as unknown as Rule;
  expect(([1, 2, 3] as const).map((level) => severityAt(graded, level))).toEqual([
    'off',
    'note',
    'error',
  ]);
  expect(severityAt(fixed, 3)).toBe('warning');
});
