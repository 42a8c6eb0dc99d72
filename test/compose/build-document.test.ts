import { Construct, RootConstruct } from 'constructs';
import {
  ComposeConfig,
  ComposeModel,
  ComposeNetwork,
  ComposeSecret,
  ComposeService,
  ComposeVolume,
} from '../../constructs/compose';
import { buildDocument } from '../../lib/compose/build-document';
import { COMPOSE_ELEMENT } from '../../lib/compose/element';
import { Sandbox } from '../../lib/core/sandbox';

function lab(): Sandbox {
  return new Sandbox(new RootConstruct(), 'lab');
}

/** `construct, property: message; fix` of every problem. */
function problemsOf(sandbox: Sandbox): string[] {
  return buildDocument(sandbox).problems.map(
    ({ construct, property, message, fix }) =>
      `${construct.node.path}, ${property}: ${message}; ${fix}`,
  );
}

describe('the document', () => {
  test('has the name of the sandbox, and nothing that is not there', () => {
    expect(buildDocument(lab())).toMatchObject({ document: { name: 'lab' }, problems: [] });
    expect(Object.keys(buildDocument(lab()).document)).toEqual(['name']);
  });

  test('has every element below the sandbox, in its section', () => {
    const sandbox = lab();
    const group = new Construct(sandbox, 'group');
    new ComposeService(group, 'agent', { image: 'x' });
    new ComposeNetwork(group, 'inside', { internal: true });
    new ComposeVolume(sandbox, 'socket');
    new ComposeSecret(sandbox, 'token', { file: './token' });
    new ComposeConfig(sandbox, 'rules', { content: 'a' });
    new ComposeModel(sandbox, 'llm', { model: 'm' });
    expect(buildDocument(sandbox)).toMatchObject({
      problems: [],
      document: {
        services: { agent: { image: 'x' } },
        networks: { inside: { internal: true } },
        volumes: { socket: {} },
        secrets: { token: { file: './token' } },
        configs: { rules: { content: 'a' } },
        models: { llm: { model: 'm' } },
      },
    });
  });

  test('has nothing of a neighbour', () => {
    const root = new RootConstruct();
    const sandbox = new Sandbox(root, 'one');
    new ComposeService(new Sandbox(root, 'two'), 'agent', { image: 'x' });
    expect(buildDocument(sandbox).document).toEqual({ name: 'one' });
  });

  test('has overrides, and is the same each time it is built', () => {
    const sandbox = lab();
    new ComposeService(sandbox, 'agent', { image: 'x' }).addOverride('x-note', 'y');
    const first = buildDocument(sandbox).document;
    expect(first.services!.agent).toEqual({ image: 'x', 'x-note': 'y' });
    expect(buildDocument(sandbox).document).toEqual(first);
  });

  test('knows the construct of each element', () => {
    const sandbox = lab();
    const service = new ComposeService(new Construct(sandbox, 'group'), 'agent', { image: 'x' });
    expect(buildDocument(sandbox).origins).toEqual(new Map([['services.agent', service]]));
  });

  test('takes an element of another installed copy of the package', () => {
    class Foreign extends Construct {
      readonly section = 'services';
      readonly elementName = 'foreign';
      readonly [COMPOSE_ELEMENT] = true;
      render() {
        return { value: { image: 'x' }, problems: [] };
      }
    }
    const sandbox = lab();
    new Foreign(sandbox, 'foreign');
    expect(buildDocument(sandbox).document).toEqual({
      name: 'lab',
      services: { foreign: { image: 'x' } },
    });
  });

  test('takes a service called like a property of every object', () => {
    const sandbox = lab();
    for (const name of ['constructor', 'toString']) {
      new ComposeService(sandbox, `x-${name}`, { image: 'x' }, { name });
    }
    const { document, problems } = buildDocument(sandbox);
    expect(problems).toEqual([]);
    expect(Object.keys(document.services!)).toEqual(['constructor', 'toString']);
  });
});

describe('a problem', () => {
  test('of two elements of one name is told with the first one; the first one stays', () => {
    const sandbox = lab();
    new ComposeService(sandbox, 'agent', { image: 'first' });
    new ComposeService(new Construct(sandbox, 'group'), 'agent', { image: 'second' });
    new ComposeVolume(new Construct(sandbox, 'store'), 'agent');
    expect(problemsOf(sandbox)).toEqual([
      'lab/group/agent, services.agent: received the name agent a second time in services (the first one: lab/agent); give one of them another name',
    ]);
    expect(buildDocument(sandbox).document).toMatchObject({
      services: { agent: { image: 'first' } },
    });
  });

  test('of the specification is told with the construct and the place in the document', () => {
    const sandbox = lab();
    new ComposeService(sandbox, 'agent', { image: 'x' }).addOverride('read_only', 7);
    expect(problemsOf(sandbox)).toEqual([
      expect.stringMatching(
        /^lab\/agent, services\.agent\.read_only: services\.agent\.read_only: must be true, false or a string; received 7; allowed: /,
      ),
    ]);
  });

  test('of a prop is told with the construct, and all of them are', () => {
    const sandbox = lab();
    const props = { imgae: 'x', readOnly: () => true } as never;
    new ComposeService(sandbox, 'agent', props);
    const problems = problemsOf(sandbox);
    expect(problems).toHaveLength(2);
    expect(problems.every((problem) => problem.startsWith('lab/agent, services.agent: '))).toBe(
      true,
    );
    expect(problems.join('\n')).toContain('imgae: is not a known key; did you mean "image"?');
    expect(problems.join('\n')).toContain(
      'readOnly: must be true, false or a string; received a function',
    );
  });

  test('is half of a character, in a value or in a key of the user’s own', () => {
    const sandbox = lab();
    const environment = { A: 'a\ud800', 'b\udc00': '1' };
    new ComposeService(sandbox, 'agent', { image: 'x', environment }).addOverride('x-a', [
      '\ud800',
    ]);
    const problems = problemsOf(sandbox);
    expect(problems).toHaveLength(3);
    for (const problem of problems) expect(problem).toContain('which holds half of a character');
  });
});
