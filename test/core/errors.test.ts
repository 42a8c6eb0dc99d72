import * as errors from '../../lib/core/errors';
import type { Finding } from '../../lib/core/finding';

const finding: Finding = {
  rule: 'root-filesystem-writable',
  severity: 'error',
  message: 'received read_only false; allowed is true',
  fix: 'remove writableRoot',
  construct: 'payments/agent',
  source: { file: '/app/sandbox.ts', line: 7, column: 3 },
  acknowledgeable: true,
};

test('an error of findings says each in one line, with rule, construct, source and fix', () => {
  expect(new errors.SynthesisError([finding]).message).toBe(
    `synthesis stopped: 1 finding
  root-filesystem-writable: received read_only false; allowed is true at payments/agent (/app/sandbox.ts:7); remove writableRoot`,
  );
  const { source: _, ...sourceless } = finding;
  expect(new errors.InvalidPropsError('payments', [finding, sourceless]).message).toMatch(
    /^payments: 2 problems in its props\n.*\n.* at payments\/agent; remove writableRoot$/,
  );
});

test('every error has a name of its own, a stable code, and is an Error', () => {
  const all = [
    new errors.SynthesisError([finding]),
    new errors.InvalidPropsError('x', [finding]),
    new errors.DuplicateIdError('', 'x', undefined),
    new errors.OutputError('OUTPUT_BUSY', 'x'),
    new errors.ConfigError('/app/cdk-like.json', ['a']),
  ];
  expect(all.map(({ name, code }) => `${name} ${code}`)).toEqual([
    'SynthesisError SYNTHESIS',
    'InvalidPropsError INVALID_PROPS',
    'DuplicateIdError DUPLICATE_ID',
    'OutputError OUTPUT_BUSY',
    'ConfigError CONFIG',
  ]);
  expect(all.every((error) => error instanceof errors.SandboxCdkError)).toBe(true);
  expect(all.every((error) => error instanceof Error)).toBe(true);
});

test('a configuration error says every problem, below the file', () => {
  expect(new errors.ConfigError('/app/cdk-like.json', ['a', 'b']).message).toBe(
    '/app/cdk-like.json cannot be used:\n  a\n  b',
  );
});
