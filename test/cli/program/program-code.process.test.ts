/** The compiled program in the cache: used while nothing changed, and never a moment longer. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ProgramCode } from '../../../lib/cli/program/program-code';
import { TypeErrors } from '../../../lib/cli/program/program-error';
import { TemporaryProject } from '../helpers/temporary-project';

const TSCONFIG = {
  compilerOptions: { target: 'ES2022', lib: ['ES2022'], module: 'Node16', types: [], strict: true },
};

let project: TemporaryProject;
afterEach(() => project.remove());

function create(files: Readonly<Record<string, string>>): void {
  project = new TemporaryProject({ 'tsconfig.json': JSON.stringify(TSCONFIG), ...files });
}

const app = (): string => project.path('app.ts');

/** Whether a run, started now, would need the compiler. */
function isCached(env: Record<string, string> = {}): boolean {
  return new ProgramCode(project.folder, app(), env).find(app()) !== undefined;
}

/** What the program compiles to, and from now on is in the cache. */
function compile(env: Record<string, string> = {}): string {
  const code = new ProgramCode(project.folder, app(), env);
  const output = code.outputOf(app());
  code.save();
  return output;
}

function typeErrors(): string[] {
  try {
    compile();
    return [];
  } catch (error) {
    if (!(error instanceof TypeErrors)) throw error;
    return error.diagnostics.map(
      ({ code, source }) => `${code} ${source?.file}:${source?.line}:${source?.column}`,
    );
  }
}

describe('a program that was compiled', () => {
  beforeEach(() => {
    create({
      'app.ts':
        "import { one } from './lib/one';\nimport data from './data.json';\nexport const sum: number = one + data.two;\n",
      'lib/one.ts': 'export const one = 1;\n',
      'data.json': '{ "two": 2 }',
      'base.json': '{ "compilerOptions": { "resolveJsonModule": true, "esModuleInterop": true } }',
      'tsconfig.json': JSON.stringify({ ...TSCONFIG, extends: './base.json' }),
      'package-lock.json': '{ "lockfileVersion": 3 }',
    });
    expect(isCached()).toBe(false);
    expect(compile()).toContain('require("./lib/one")');
  });

  it('is in the cache', () => {
    expect(isCached()).toBe(true);
  });

  it('gives the same output from there', () => {
    const code = new ProgramCode(project.folder, app(), {});
    expect(code.outputOf(app())).toContain('require("./lib/one")');
    expect(code.outputOf(project.path('lib/one.ts'))).toContain('exports.one = 1');
  });

  it.each([
    ['its main file', 'app.ts', 'export const sum = 4;\n'],
    ['a file it imports', 'lib/one.ts', 'export const one = 3;\n'],
    ['a JSON file it imports', 'data.json', '{ "two": 3 }'],
    [
      'what tsconfig.json extends',
      'base.json',
      '{ "compilerOptions": { "resolveJsonModule": true } }',
    ],
    ['tsconfig.json', 'tsconfig.json', '{ "compilerOptions": { "types": [] } }'],
    ['the lockfile', 'package-lock.json', '{ "lockfileVersion": 3, "packages": {} }'],
    ['package.json', 'package.json', '{ "type": "module" }'],
  ])('is compiled again when %s changes', (_, file, content) => {
    project.write(file, content);
    expect(isCached()).toBe(false);
  });

  it('is compiled again when a tsconfig.json or package.json appears nearer to a file', () => {
    project.write('lib/package.json', '{}');
    expect(isCached()).toBe(false);
  });

  it('is compiled again when a file it imports is gone, and says so', () => {
    fs.rmSync(project.path('lib/one.ts'));
    expect(isCached()).toBe(false);
    expect(typeErrors()).toEqual(['TS2307 app.ts:1:21']);
  });

  it('is not compiled again when only times change', () => {
    fs.utimesSync(app(), new Date(0), new Date(0));
    expect(isCached()).toBe(true);
  });

  it('is compiled again with other settings of ts-node in the environment', () => {
    expect(isCached({ TS_NODE_TRANSPILE_ONLY: '1' })).toBe(false);
    expect(isCached({ UNRELATED: '1' })).toBe(true);
  });

  it.each([
    ['truncated', (text: string) => text.slice(0, -20)],
    ['empty', () => ''],
    ['changed by one letter', (text: string) => text.replace('exports.one = 1', 'exports.one = 2')],
    ['something else', () => 'null\nnull'],
  ])('is compiled again when its entry is %s', (_, damage) => {
    const folder = project.path('node_modules/.cache/sandbox-cdk');
    const entry = path.join(folder, fs.readdirSync(folder)[0]!);
    fs.writeFileSync(entry, damage(fs.readFileSync(entry, 'utf8')));
    expect(isCached()).toBe(false);
    compile();
    expect(isCached()).toBe(true);
  });

  it('leaves nothing but its entry in the cache', () => {
    compile();
    expect(fs.readdirSync(project.path('node_modules/.cache/sandbox-cdk'))).toEqual([
      expect.stringMatching(/^[\w-]{16}\.json$/),
    ]);
  });

  it('is cached for itself alone', () => {
    const other = new ProgramCode(project.folder, project.path('lib/one.ts'), {});
    expect(other.find(project.path('lib/one.ts'))).toBeUndefined();
  });
});

describe('a program with type errors', () => {
  beforeEach(() => {
    create({
      'app.ts': "import './lib/one';\nconst n: number = 'text';\nexport default n;\n",
      'lib/one.ts':
        "import { missing } from './two';\nconst s: string = 1;\nexport { s, missing };\n",
      'lib/two.ts': 'export {};\n',
    });
  });

  it('shows those of all files at once, each with its place', () => {
    expect(typeErrors()).toEqual([
      'TS2322 app.ts:2:7',
      'TS2305 lib/one.ts:1:10',
      'TS2322 lib/one.ts:2:7',
    ]);
  });

  it('is not cached', () => {
    expect(typeErrors()).not.toEqual([]);
    expect(isCached()).toBe(false);
  });
});

test('a mistake in tsconfig.json is shown with its place', () => {
  create({ 'app.ts': '', 'tsconfig.json': '{ "compilerOptions": { "target": "ES1995" } }' });
  expect(typeErrors()).toEqual([expect.stringMatching(/^TS6046 /)]);
});

test('a declaration beside a JavaScript file is checked again when it changes', () => {
  create({
    'app.ts': "import { n } from './plain';\nexport const m: number = n;\n",
    'plain.js': 'exports.n = 1;\n',
    'plain.d.ts': 'export declare const n: number;\n',
  });
  compile();
  expect(isCached()).toBe(true);
  project.write('plain.d.ts', 'export declare const n: string;\n');
  expect(isCached()).toBe(false);
  expect(typeErrors()).toEqual(['TS2322 app.ts:2:14']);
});

test('a file that an import would now find first is noticed', () => {
  create({
    'app.ts': "import { n } from './lib/one';\nexport const m: number = n;\n",
    'lib/one/index.ts': 'export const n = 1;\n',
  });
  compile();
  project.write('lib/two.ts', 'export {};\n');
  expect(isCached()).toBe(true);
  project.write('lib/one.ts', "export const n = 'text';\n");
  expect(isCached()).toBe(false);
  expect(typeErrors()).toEqual(['TS2322 app.ts:2:14']);
});

test('a file that is only required while the program runs is kept too', () => {
  create({ 'app.ts': 'export {};\n', 'later.ts': 'export const later = 1;\n' });
  const first = new ProgramCode(project.folder, app(), {});
  first.outputOf(app());
  first.outputOf(project.path('later.ts'));
  first.save();
  const second = new ProgramCode(project.folder, app(), {});
  expect(second.find(project.path('later.ts'))).toContain('exports.later = 1');
  project.write('later.ts', 'export const later = 2;\n');
  expect(isCached()).toBe(false);
});

test('a project without a tsconfig.json is compiled strictly, for Node', () => {
  create({ 'app.ts': 'export const f = (x) => x;\n' });
  fs.rmSync(project.path('tsconfig.json'));
  expect(typeErrors()).toEqual(['TS7006 app.ts:1:19']);
  project.write('app.ts', "import * as path from 'node:path';\nexport const s = path.sep;\n");
  expect(compile()).toContain('require("node:path")');
});

test.each([
  ['a package of type module', 'NodeNext', '{ "type": "module" }', './one.js'],
  ['a tsconfig.json for a bundler', 'ESNext', '{}', './one'],
])('%s is checked as it is written, and compiled to CommonJS', (_, module, packageJson, one) => {
  const { compilerOptions } = TSCONFIG;
  const moduleResolution = module === 'ESNext' ? 'Bundler' : 'NodeNext';
  create({
    'app.ts': `import { one, type One } from '${one}';\nexport const two: One = one;\n`,
    'one.ts': 'export type One = number;\nexport const one = 1;\n',
    'package.json': packageJson,
    'tsconfig.json': JSON.stringify({
      compilerOptions: { ...compilerOptions, module, moduleResolution, verbatimModuleSyntax: true },
    }),
  });
  expect(compile()).toContain(`require("${one}")`);
});

test('where node_modules cannot be written, the cache is in a private temporary folder', () => {
  create({ 'app.ts': 'export {};\n' });
  // A file in the place of the folder, because root could write into any folder.
  project.write('node_modules/.cache', '');
  const env = { TMPDIR: project.folder };
  compile(env);
  expect(isCached(env)).toBe(true);
  const folder = project.path(`sandbox-cdk-${process.getuid!()}`);
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
  fs.chmodSync(folder, 0o777);
  expect(isCached(env)).toBe(false);
});

test('a project whose own TypeScript has no JavaScript API is compiled with another', () => {
  create({
    'app.ts': 'export const n: number = 1;\n',
    'node_modules/typescript/package.json': '{ "name": "typescript", "version": "7.0.1" }',
  });
  expect(compile()).toContain('exports.n = 1');
});
