import * as path from 'node:path';
import * as fc from 'fast-check';
import { Construct, RootConstruct } from 'constructs';
import { InvalidPropsError } from '../../lib/core/errors';
import { layoutOf, setLayout } from '../../lib/core/layout';
import { Sandbox, type SandboxProps } from '../../lib/core/sandbox';
import { anyText } from './texts';

function sandbox(props?: SandboxProps, id = 'demo'): Sandbox {
  return new Sandbox(new RootConstruct(), id, props);
}

function problemsOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    return (error as InvalidPropsError).findings.map(({ message, fix }) => `${message}; ${fix}`);
  }
  throw new Error('nothing was thrown');
}

describe('a sandbox', () => {
  test('is at Level 1, internal and without labels unless told otherwise', () => {
    expect(sandbox()).toMatchObject({
      sandboxName: 'demo',
      level: 1,
      labels: {},
      dataClassification: 'internal',
    });
    const props = { level: 3, labels: { team: 'a' }, dataClassification: 'restricted' } as const;
    expect(sandbox(props)).toMatchObject(props);
  });

  test.each(['', 'Payments', 'a b', '../x', 'a.b', '-a', 'a'.repeat(64)])(
    'cannot be called %j',
    (id) => {
      expect(() => sandbox({}, id)).toThrow(InvalidPropsError);
    },
  );

  test('of a refused name comes with a name that is accepted', () => {
    expect(problemsOf(() => sandbox({}, 'Payments Team'))).toEqual([
      expect.stringMatching(
        /^Sandbox: id: received "Payments Team"; allowed: .* for example payments-team; change id$/,
      ),
    ]);
  });

  test('is called by its id, or refused, whatever the id', () => {
    fc.assert(
      fc.property(anyText, (id) => {
        try {
          expect(sandbox({}, id).sandboxName).toMatch(/^[a-z0-9][a-z0-9_-]*$/);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidPropsError);
        }
      }),
    );
  });

  test('tells every unknown or invalid prop at once', () => {
    const props = { level: 4, labels: { 'a b': '1' }, dataClasification: 'x' };
    expect(problemsOf(() => sandbox(props as never))).toEqual([
      'Sandbox: level: received 4; allowed: 1, 2 or 3; change level',
      'Sandbox: labels: received the key "a b"; allowed: a label key without spaces and =; change labels',
      'Sandbox: there is no prop dataClasification; known: level, labels, dataClassification; did you mean dataClassification?',
    ]);
  });

  test('of a company’s own class is called by that class in errors', () => {
    class AcmeSandbox extends Sandbox {}
    expect(
      problemsOf(() => new AcmeSandbox(new RootConstruct(), 'a', { level: 0 } as never)),
    ).toEqual(['AcmeSandbox: level: received 0; allowed: 1, 2 or 3; change level']);
  });
});

describe('Sandbox.of', () => {
  test('gives the sandbox around a construct, or itself', () => {
    const outer = sandbox();
    expect(Sandbox.of(new Construct(new Construct(outer, 'a'), 'b'))).toBe(outer);
    expect(Sandbox.of(outer)).toBe(outer);
  });

  test('says what to do when there is none', () => {
    const lonely = new Construct(new RootConstruct('app'), 'x');
    expect(() => Sandbox.of(lonely)).toThrow('app/x: is in no sandbox; make it with a Sandbox');
  });

  test('knows a sandbox by its brand, so that two copies of the package agree', () => {
    expect(Sandbox.isSandbox(sandbox())).toBe(true);
    expect(Sandbox.isSandbox({ [Symbol.for('sandbox-cdk.Sandbox')]: true })).toBe(true);
    expect(
      [undefined, null, 1, 'x', {}, new RootConstruct()].some((value) => Sandbox.isSandbox(value)),
    ).toBe(false);
  });
});

test('files are rendered in the order in which they were added, and only when asked for', () => {
  const demo = sandbox();
  const asked: string[] = [];
  for (const name of ['b', 'a']) {
    demo.addFiles(() => {
      asked.push(name);
      return [{ path: name, content: '' }];
    });
  }
  expect(asked).toEqual([]);
  expect(demo.renderFiles().map((file) => file.path)).toEqual(['b', 'a']);
});

describe('a host path', () => {
  function inProject(hostPath: string, output = 'sandbox.out'): string {
    const demo = sandbox();
    setLayout(demo.node.root, { projectDir: '/home/me/project', output });
    return demo.fromProject(hostPath);
  }

  test.each([
    ['.', '../..'],
    ['src', '../../src'],
    ['../other', '../../../other'],
    ['sandbox.out/demo', './'],
    ['sandbox.out/demo/output', './output'],
    ['/srv/data', '/srv/data'],
    ['~/data', '~/data'],
  ])('%s is written as %s, relative to the compose file', (given, written) => {
    expect(inProject(given)).toBe(written);
  });

  test('is written by where the output folder is', () => {
    expect(inProject('src', '/tmp/out')).toBe('../../../home/me/project/src');
    expect(inProject('src', 'build/sandboxes')).toBe('../../../src');
  });

  test('leads back to itself from the compose file, and starts with a dot', () => {
    fc.assert(
      fc.property(anyText, (given) => {
        fc.pre(!given.startsWith('/') && !given.startsWith('~'));
        const written = inProject(given);
        expect(path.posix.resolve('/home/me/project/sandbox.out/demo', written)).toBe(
          path.posix.resolve('/home/me/project', given),
        );
        expect(written).toMatch(/^\.{1,2}(\/|$)/);
      }),
    );
  });

  test('of a tree without a layout starts at the root of the disk', () => {
    expect(layoutOf(new RootConstruct())).toEqual({ projectDir: '/', output: 'sandbox.out' });
    expect(sandbox().fromProject('src')).toBe('../../src');
  });
});
