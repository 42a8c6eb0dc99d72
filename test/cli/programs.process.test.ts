/** Every way in which a program can fail, and what the command makes of it. */
import { ensureBuilt, run, type Run } from './helpers/built-command';
import { HEAD, program, TemporaryProject } from './helpers/temporary-project';

let project: TemporaryProject;
beforeAll(ensureBuilt, 300_000);
afterEach(() => project.remove());

function synth(files: Readonly<Record<string, string>>, ...args: string[]): Run {
  project = new TemporaryProject(files);
  return run(project.folder, ['synth', ...args]);
}

/** Runs a program that must fail as a program: exit code 3, nothing on stdout, nothing written. */
function failure(app: string, ...args: string[]): string {
  const { code, stdout, stderr } = synth({ 'app.js': app }, ...args);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(project.exists('sandbox.out')).toBe(false);
  return stderr;
}

describe('a program in JavaScript', () => {
  it('that throws is shown with its message and only its own frames', () => {
    const stderr = failure(`function inner() {\n  throw new TypeError('boom');\n}\ninner();\n`);
    expect(stderr).toBe(`error: TypeError: boom
  at app.js:2:9
  at app.js:4:1
    2 |   throw new TypeError('boom');
      |         ^
`);
  });

  it('that throws in a promise is shown as one that throws', () => {
    expect(failure("(async () => {\n  throw new Error('later');\n})();\n")).toMatch(
      /^error: Error: later\n {2}at app\.js:2:9$/m,
    );
  });

  it('that throws in a timer is shown as one that throws', () => {
    expect(failure("setTimeout(() => {\n  throw new Error('tick');\n}, 1);\n")).toMatch(
      /^error: Error: tick\n {2}at app\.js:2:9$/m,
    );
  });

  it('that throws after app.synth() has failed all the same', () => {
    expect(failure(`${program('one')}throw new Error('afterwards');\n`)).toContain('afterwards');
  });

  it('that swallows what app.synth() threw has failed all the same', () => {
    const app = `${HEAD}new Level1Sandbox(app, 'x', { source: '.', network: { mode: 'internal' } });\ntry { app.synth(); } catch {}\n`;
    const { code, stderr } = synth({ 'app.js': app });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error network-not-air-gapped/m);
  });

  it('that throws something else than an error is shown with it', () => {
    expect(failure("throw { reason: 'none' };")).toContain("app.js threw { reason: 'none' }");
  });

  it('that has a cause is shown with it', () => {
    expect(failure("throw new Error('outer', { cause: new Error('inner') });")).toContain(
      'error: Error: outer\n  caused by Error: inner\n',
    );
  });

  it('that requires what is not there is shown with the place', () => {
    const stderr = failure("\nrequire('./missing');\n");
    expect(stderr).toContain("Cannot find module './missing'\n  at app.js:2:1\n");
    expect(stderr).not.toContain('Require stack');
  });

  it('that calls process.exit() is told to stop that', () => {
    const stderr = failure('\nprocess.exit(0);\n');
    expect(stderr).toContain('app.js called process.exit(0); remove the call');
    expect(stderr).toContain('  at app.js:2:9\n');
  });

  it('that catches its own process.exit() has exited all the same', () => {
    expect(failure(`try { process.exit(5); } catch {}\n${program('one')}`)).toContain(
      'process.exit(5)',
    );
  });

  it('that exits successfully after app.synth() has finished', () => {
    const { code } = synth({ 'app.js': `${program('one')}process.exit();\n` });
    expect(code).toBe(0);
    expect(project.exists('sandbox.out/manifest.json')).toBe(true);
  });

  it('that never calls app.synth() is given the line to add', () => {
    const stderr = failure("const { App } = require('sandbox-cdk');\nnew App();\n");
    expect(stderr).toContain('app.js ended without synthesizing');
    expect(stderr).toContain('\n    app.synth();\n');
  });

  it('that waits for a promise that nothing settles is told so', () => {
    const app = `${HEAD}(async () => {\n  await new Promise(() => {});\n  app.synth();\n})();\n`;
    expect(failure(app)).toContain('waits for a promise that nothing will settle');
  });

  it('that takes too long is stopped, however many timers it has', () => {
    expect(failure('setInterval(() => {}, 10);\n', '--timeout', '0.3')).toContain(
      'did not call app.synth() within 0.3 s; if it needs longer, give it more with --timeout SECONDS',
    );
  });

  it('that synthesizes late is waited for', () => {
    const app = `${HEAD}sandbox('late');\nsetTimeout(() => app.synth(), 50);\n`;
    expect(synth({ 'app.js': app }).code).toBe(0);
  });

  it('that leaves timers behind does not keep the command', () => {
    const started = Date.now();
    const { code } = synth({ 'app.js': `${program('one')}setInterval(() => {}, 1000);\n` });
    expect(code).toBe(0);
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it('that synthesizes twice is told that once is enough', () => {
    expect(failure(`${program('one')}const second = new App();\nsecond.synth();\n`)).toContain(
      'app.js synthesized twice; a program has one App',
    );
  });

  it('that prints does so on stderr, so that stdout stays parseable', () => {
    const app = `console.log('hello');\nprocess.stdout.write('there\\n');\n${program('one')}`;
    const { stdout, stderr } = synth({ 'app.js': app }, '--json');
    expect(stderr).toBe('hello\nthere\n');
    expect(JSON.parse(stdout)).toMatchObject({ sandboxes: [{ name: 'one' }] });
  });

  it('that is an ES module is loaded as one', () => {
    const esm = `import { App, Level1Sandbox } from 'sandbox-cdk';
const app = new App();
new Level1Sandbox(app, 'esm', { source: '.' });
await Promise.resolve();
app.synth();
`;
    expect(synth({ 'app.js': esm, 'package.json': '{ "type": "module" }' }).code).toBe(0);
    expect(project.exists('sandbox.out/esm/docker-compose.yml')).toBe(true);
  });

  it('that cannot be parsed is shown with the place and the reason', () => {
    const app = "require('./broken');";
    const { stderr } = synth({ 'app.js': app, 'broken.js': 'const a = 1;\nconst = 1;\n' });
    expect(stderr).toBe(`error: SyntaxError: Unexpected token '='
  at broken.js:2:7
  at app.js:1:1
    2 | const = 1;
      |       ^
`);
  });

  it('fails in JSON too', () => {
    const { code, stdout, stderr } = synth({ 'app.js': "\nthrow new Error('boom');" }, '--json');
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'PROGRAM_THREW',
        exitCode: 3,
        message: 'Error: boom',
        frames: ['app.js:2:7'],
      },
    });
  });

  it('shares every class with what it imports, and has one copy of constructs', () => {
    const app = `const assert = require('node:assert');
const main = require('sandbox-cdk');
const presets = require('sandbox-cdk/presets');
const { Construct } = require('constructs');
assert.strictEqual(main.Level1Sandbox, presets.Level1Sandbox);
assert(new main.App() instanceof Construct);
assert(require('sandbox-cdk/compose').ComposeService.prototype instanceof Construct);
assert(require('sandbox-cdk/testing').Template);
assert(!Object.keys(require.cache).some((file) => file.includes('/dist/') && !file.includes('/dist/bin/')));
${program('one').replace(/^const \{[^\n]*\n/, 'const { App, Level1Sandbox } = main;\n')}`;
    expect(synth({ 'app.js': app })).toMatchObject({ code: 0 });
  });
});

describe('a program in TypeScript', () => {
  const config = '{ "app": "bin/sandbox.ts" }';
  const tsconfig = JSON.stringify({
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2023'],
      module: 'Node16',
      types: [],
      strict: true,
      skipLibCheck: true,
    },
  });
  const project2 = (app: string, more: Record<string, string> = {}) => ({
    'cdk-like.json': config,
    'tsconfig.json': tsconfig,
    'bin/sandbox.ts': app,
    ...more,
  });
  const good = `import { App, Level1Sandbox } from 'sandbox-cdk';
import { folder } from '../lib/folder.js';

interface Unused {
  readonly erased: string;
}
const app = new App();
new Level1Sandbox(app, 'typed', { source: folder });
app.synth();
`;

  it('is checked, compiled and run; and names its own lines, cold and warm', () => {
    const folder = { 'lib/folder.ts': "export const folder: string = '.';\n" };
    const first = synth(project2(good, folder), '--notes');
    const second = run(project.folder, ['synth', '--notes']);
    for (const { code, stderr } of [first, second]) {
      expect(code).toBe(0);
      expect(stderr).toMatch(/^ {2}bin\/sandbox\.ts:8:1$/m);
    }
  });

  it('that throws is shown with its own lines, cold and warm', () => {
    const app =
      "interface Erased {\n  a: 1;\n}\n\nconst f = (): Erased => {\n  throw new Error('boom');\n};\nf();\n";
    const first = synth(project2(app));
    const second = run(project.folder, ['synth']);
    for (const { code, stderr } of [first, second]) {
      expect(code).toBe(3);
      expect(stderr).toContain('  at bin/sandbox.ts:6:9\n  at bin/sandbox.ts:8:1\n');
    }
  });

  it('with type errors shows all of them, and does not run', () => {
    const app = "import { b } from '../lib/b';\nconst a: number = 'a';\nconsole.log(a, b);\n";
    const { code, stdout, stderr } = synth(
      project2(app, { 'lib/b.ts': 'export const b: string = 1;\n' }),
    );
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(`error TS2322: Type 'string' is not assignable to type 'number'.
  at bin/sandbox.ts:2:7
    2 | const a: number = 'a';
      |       ^
`);
    expect(stderr).toContain('  at lib/b.ts:1:14\n');
    expect(stderr).toMatch(/^error: 3 type errors$/m);
  });

  it('that awaits at its top level is told how else', () => {
    const app = `${good}await Promise.resolve();\nexport {};\n`;
    const { code, stderr } = synth(
      project2(app, {
        'lib/folder.ts': "export const folder = '.';\n",
        'package.json': '{ "type": "module" }',
      }),
    );
    expect(code).toBe(3);
    expect(stderr).toContain('await inside an async function');
  });
});

describe('a project', () => {
  it.each([
    [
      'app that is not there',
      '{ "app": "gone.ts" }',
      'received the app gone.ts, which does not exist',
    ],
    ['config that names no app', '{}', 'names no app'],
    ['misspelt key', '{ "ap": "app.js" }', 'did you mean'],
    ['config that is no JSON', '{ "app": ', 'cdk-like.json cannot be used'],
  ])('with an %s is a usage error', (_, config, message) => {
    const { code, stdout, stderr } = synth({ 'cdk-like.json': config });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('is found from a folder inside it', () => {
    synth({ 'app.js': program('one'), 'deep/er/file': '' });
    expect(run(project.path('deep/er'), ['synth', '--check']).code).toBe(0);
  });

  it('can be named, and must then be there', () => {
    synth({ 'app.js': program('one') });
    expect(run('/', ['synth', '--check', '--project', project.folder]).code).toBe(0);
    const { code, stderr } = run(project.folder, ['synth', '--project', 'deeper']);
    expect(code).toBe(2);
    expect(stderr).toContain('found no cdk-like.json in');
  });
});
