/** No code in the documentation that does not compile. */
import * as path from 'node:path';
import ts from 'typescript';
import {
  filesBelow,
  MARKDOWN,
  markdownExamples,
  ROOT,
  tsdocExamples,
  type Example,
} from './examples';

const markdown = MARKDOWN.flatMap(markdownExamples);
const sources = ['lib', 'constructs', 'presets'].flatMap((folder) => filesBelow(folder, '.ts'));
const docstrings = sources.flatMap(tsdocExamples);

/** Type-checks all examples in one program, each as a module of its own; gives the problems. */
function problemsOf(examples: readonly Example[]): string[] {
  const files = new Map(
    examples.map((example, index) => [
      path.join(ROOT, 'test', 'docs', `example-${index}.ts`),
      example,
    ]),
  );
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node', 'jest'],
    lib: ['lib.es2023.d.ts', 'lib.es2024.string.d.ts'],
    moduleDetection: ts.ModuleDetectionKind.Force,
    paths: {
      'sandbox-cdk': [path.join(ROOT, 'index.ts')],
      'sandbox-cdk/compose': [path.join(ROOT, 'constructs/compose/index.ts')],
      'sandbox-cdk/presets': [path.join(ROOT, 'presets/index.ts')],
      'sandbox-cdk/testing': [path.join(ROOT, 'lib/testing/index.ts')],
    },
  };
  const host = ts.createCompilerHost(options);
  const onDisk = { ...host };
  host.fileExists = (file) => files.has(file) || onDisk.fileExists(file);
  host.readFile = (file) => files.get(file)?.code ?? onDisk.readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const example = files.get(file);
    return example
      ? ts.createSourceFile(file, example.code, rest[0])
      : onDisk.getSourceFile(file, ...rest);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([file, { at }]) =>
    [
      ...program.getSyntacticDiagnostics(program.getSourceFile(file)),
      ...program.getSemanticDiagnostics(program.getSourceFile(file)),
    ].map((problem) => `${at}: ${ts.flattenDiagnosticMessageText(problem.messageText, '\n')}`),
  );
}

test('every TypeScript example compiles', () => {
  const examples = [...markdown.filter(({ language }) => language === 'ts'), ...docstrings];
  expect(examples.length).toBeGreaterThan(30);
  expect(problemsOf(examples)).toEqual([]);
}, 60_000);

test('every JSON example parses', () => {
  const broken = markdown.filter(({ language, code }) => language === 'json' && !parses(code));
  expect(broken.map(({ at }) => at)).toEqual([]);
});

test('every block says which language it is in', () => {
  expect(markdown.filter(({ language }) => language === '').map(({ at }) => at)).toEqual([]);
});

function parses(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}
