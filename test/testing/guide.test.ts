/** docs/TESTING.md says what is so: its tests pass, and its failure is the real one. */
import { transformSync } from '@swc/core';
import * as library from '../../index';
import * as testing from '../../lib/testing';
import { markdownExamples } from '../docs/examples';
import { messageOf } from './sandboxes';

const examples = markdownExamples('docs/TESTING.md');
const MODULES: Readonly<Record<string, unknown>> = {
  'sandbox-cdk': library,
  'sandbox-cdk/testing': testing,
};

/** Runs a module's code and gives the tests that it declares, by title. */
function testsOf(code: string): Map<string, () => void> {
  const tests = new Map<string, () => void>();
  const { code: compiled } = transformSync(code, {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  const parameters = {
    require: (name: string) => MODULES[name],
    exports: {},
    test: tests.set.bind(tests),
    expect,
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- it is our own documentation
  const run = new Function(...Object.keys(parameters), compiled) as (...values: unknown[]) => void;
  run(...Object.values(parameters));
  return tests;
}

const declared = examples
  .filter(({ language, code }) => language === 'ts' && code.includes('test('))
  // A snapshot is what users keep; this test has none.
  .map(({ at, code }) => [at, code.replaceAll('.toMatchSnapshot()', '.toMatch(/\\n$/)')] as const);

test.each(declared)('%s: the tests pass', (_, code) => {
  const tests = testsOf(code);
  expect(tests.size).toBeGreaterThan(0);
  for (const run of tests.values()) run();
});

test('a failure looks as it is shown', () => {
  const sandbox = new library.Level1Sandbox(new library.App({ projectDir: '/project' }), 'demo', {
    source: '.',
  });
  const message = messageOf(() =>
    testing.Template.fromSandbox(sandbox).hasService('agent', {
      network_mode: 'bridge',
      volumes: testing.Match.arrayWith([{ target: '/workspace', read_only: false }]),
    }),
  );
  expect(examples.filter(({ language }) => language === 'text').map(({ code }) => code)).toEqual([
    message,
  ]);
});
