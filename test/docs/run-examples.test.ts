/** The programs in the guides do what they say: each is run, and synthesized in memory. */
import * as constructs from 'constructs';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import ts from 'typescript';
import * as library from '../../index';
import * as compose from '../../constructs/compose';
import { setProgramHost } from '../../lib/app/host';
import * as testing from '../../lib/testing';
import { MARKDOWN, markdownExamples, type Example } from './examples';

/** Its examples read what is committed, and have a test of their own. */
const OWN_TEST = 'docs/TESTING.md';

const examples = MARKDOWN.filter((file) => file !== OWN_TEST)
  .flatMap(markdownExamples)
  .filter(({ language }) => language === 'ts');

const projectDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-docs-'));
beforeAll(() => {
  setProgramHost({
    projectDir,
    output: 'sandbox.out',
    isOutputGiven: false,
    context: {},
    submit: () => undefined,
    reject: () => undefined,
  });
});
afterAll(() => {
  setProgramHost(undefined);
  fs.rmSync(projectDir, { recursive: true });
});

/** Runs an example, its tests too; gives the apps that it made. */
function run({ code }: Example): library.App[] {
  const apps: library.App[] = [];
  class RecordedApp extends library.App {
    constructor(props?: library.AppProps) {
      super(props);
      apps.push(this);
    }
  }
  const modules: Readonly<Record<string, object>> = {
    constructs,
    'sandbox-cdk': { ...library, App: RecordedApp },
    'sandbox-cdk/compose': compose,
    'sandbox-cdk/testing': testing,
  };
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- our own documentation
  const program = new Function('require', 'exports', 'test', outputText) as (
    ...globals: unknown[]
  ) => void;
  program(
    (name: string) => modules[name],
    {},
    (_title: string, body: () => void) => body(),
  );
  return apps;
}

/** The errors that would stop `app.synth()`. */
function errorsOf(app: library.App): string[] {
  try {
    app.synth();
    return [];
  } catch (error) {
    if (!(error instanceof library.FindingsError)) throw error;
    return error.findings.map(({ rule, message }) => `${rule}: ${message}`);
  }
}

const stops = ({ code }: Example) => code.includes('would stop');

test.each(examples.filter((example) => !stops(example)))('$at has no error', (example) => {
  expect(run(example).flatMap(errorsOf)).toEqual([]);
});

test.each(examples.filter(stops))('$at stops, as it says', (example) => {
  expect(run(example).flatMap(errorsOf)).not.toEqual([]);
});
