/** Acknowledgements from the user's call to the manifest, over a whole app. */
import type { Construct } from 'constructs';
import { RootConstruct } from 'constructs';
import { ComposeService } from '../../constructs/compose';
import { synthesize } from '../../lib/assembly/synthesize';
import { SandboxConstruct } from '../../lib/core/construct';
import { InvalidPropsError, type SynthesisError } from '../../lib/core/errors';
import { Sandbox } from '../../lib/core/sandbox';
import { Template } from '../../lib/testing';

const RULE = 'network-not-air-gapped';

class Team extends SandboxConstruct {}

/** A team with two sandboxes `a` and `b`, whose services have a network, and `c` without services. */
function team() {
  const root = new Team(new RootConstruct(), 'team');
  const [a, b] = ['a', 'b'].map((id) => {
    const sandbox = new Sandbox(root, id);
    return new ComposeService(sandbox, 'agent', { image: 'x', networkMode: 'bridge' });
  });
  return { root, a: a!, b: b!, c: new Sandbox(root, 'c') };
}

/** `rule at construct` of the findings that stop the synthesis, of the rules given. */
function stopping(root: Construct, ...rules: string[]): string[] {
  try {
    synthesize(root.node.root);
  } catch (error) {
    return (error as SynthesisError).findings
      .filter(({ rule }) => rules.includes(rule))
      .map(({ rule, construct }) => `${rule} at ${construct}`);
  }
  return [];
}

const UNUSED = 'unused-acknowledgement';

test('an acknowledgement accepts on its construct and below, and nowhere else', () => {
  const { root, a } = team();
  expect(stopping(root, RULE)).toEqual([`${RULE} at team/a/agent`, `${RULE} at team/b/agent`]);
  a.acknowledge(RULE, 'a lab');
  expect(stopping(root, RULE, UNUSED)).toEqual([`${RULE} at team/b/agent`]);
});

test('one on a group of sandboxes accepts in all of them', () => {
  const { root } = team();
  root.acknowledge(RULE, 'this team’s labs');
  expect(stopping(root, RULE, UNUSED)).toEqual([]);
});

test('one that matches nothing is an error at its construct, also beside one that does', () => {
  const { root, c } = team();
  root.acknowledge(RULE, 'used');
  c.acknowledge(RULE, 'nothing here has a network');
  c.acknowledge('network-not-airgapped', 'misspelt');
  expect(stopping(root, RULE, UNUSED)).toEqual([`${UNUSED} at team/c`, `${UNUSED} at team/c`]);
});

test('one of a rule that can never be accepted is an error, and accepts nothing', () => {
  const { root, a } = team();
  a.addOverride('privileged', true).acknowledge('privileged-service', 'please');
  expect(stopping(root, 'privileged-service', 'invalid-acknowledgement')).toEqual([
    'privileged-service at team/a/agent',
    'invalid-acknowledgement at team/a/agent',
  ]);
});

test('the error carries the line of the acknowledgement and the likely rule', () => {
  const { c } = team();
  c.acknowledge('network-not-airgapped', 'misspelt');
  Template.fromSandbox(c, { allowFindings: true }).hasFinding(UNUSED, {
    message: `the acknowledgement of "network-not-airgapped" matches no finding here; did you mean ${RULE}?`,
    source: { file: __filename },
    acknowledgeable: false,
  });
});

test('of two that match, both count as used, and the nearest to the construct is recorded', () => {
  const { root, a } = team();
  root.acknowledge(RULE, 'of the team');
  a.acknowledge(RULE, 'of the service');
  expect(stopping(root, RULE, UNUSED)).toEqual([]);
  const sandbox = a.node.scope as Sandbox;
  Template.fromSandbox(sandbox, { allowFindings: true }).hasAcknowledgement(RULE, {
    construct: 'team/a/agent',
    reason: 'of the service',
  });
});

test.each([
  '',
  ' ',
  'two\nlines',
  'two\rlines',
  'a\u2028b',
  '\u001b[2K',
  'a\u202eb',
  'a\ufeffb',
  'a\ud800',
])('one with the reason %j is refused: a reviewer reads one line', (reason) => {
  const { a } = team();
  expect(() => a.acknowledge(RULE, reason)).toThrow(InvalidPropsError);
  expect(() => a.acknowledge(RULE, reason)).toThrow(/allowed: one line of text at team\/a\/agent/);
});
