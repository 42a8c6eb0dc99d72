/** What V8 compiled is kept for the next run, and damage to it is no harm. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { COMMAND, ensureBuilt, run } from './helpers/built-command';
import { program, TemporaryProject } from './helpers/temporary-project';

const ES_MODULE = `import { App, Level1Sandbox } from 'sandbox-cdk';
const app = new App();
new Level1Sandbox(app, 'one', { source: '.' });
app.synth();
`;

let project: TemporaryProject;
beforeAll(ensureBuilt, 300_000);
beforeEach(() => {
  project = new TemporaryProject({ 'app.js': program('one') });
  expect(run(project.folder, ['synth']).code).toBe(0);
});
afterEach(() => project.remove());

const CACHE = 'node_modules/.cache/sandbox-cdk/code.bin';
const list = () => run(project.folder, ['list']);
const check = () => run(project.folder, ['synth', '--check']);

test('the first synth keeps what was compiled, readable by its user alone', () => {
  const { mode, size } = fs.statSync(project.path(CACHE));
  expect(mode & 0o777).toBe(0o600);
  expect(size).toBeGreaterThan(100_000);
});

test('a second synth has nothing to add, and does not write it again', () => {
  const before = fs.statSync(project.path(CACHE));
  run(project.folder, ['synth']);
  expect(fs.statSync(project.path(CACHE)).ino).toBe(before.ino);
});

test.each([
  ['cut off', (content: Buffer) => content.subarray(0, content.length / 2)],
  ['empty', () => Buffer.alloc(0)],
  [
    'of another build',
    (content: Buffer) => Buffer.from(content.toString('latin1').replace('["', '["x'), 'latin1'),
  ],
  ['without its first line', (content: Buffer) => content.subarray(content.indexOf('\n') + 1)],
])('one that is %s is made again', (_, damage) => {
  const whole = fs.readFileSync(project.path(CACHE));
  fs.writeFileSync(project.path(CACHE), damage(whole));
  expect(check().code).toBe(0);
  expect(fs.statSync(project.path(CACHE)).size).toBeGreaterThan(whole.length / 2);
  expect(fs.readFileSync(project.path(CACHE)).includes('["x')).toBe(false);
});

test('a run that keeps nothing leaves no cache behind', () => {
  fs.rmSync(project.path(path.dirname(CACHE)), { recursive: true });
  expect(run(project.folder, ['list']).code).toBe(0);
  expect(project.exists(path.dirname(CACHE))).toBe(false);
});

describe('with what was compiled before', () => {
  test('a check finds drift and shows it', () => {
    expect([check().code, check().code]).toEqual([0, 0]);
    fs.appendFileSync(project.path('sandbox.out/one/docker-compose.yml'), '# by hand\n');
    const { code, stdout } = check();
    expect(stdout).toContain('-# by hand');
    expect(code).toBe(1);
  });

  test('a program that is an ES module runs, and Node warns of nothing', () => {
    project.write('app.mjs', ES_MODULE);
    project.write('cdk-like.json', '{ "app": "app.mjs" }');
    expect(run(project.folder, ['synth'])).toMatchObject({ code: 0 });
    for (const { code, stdout, stderr } of [list(), list()]) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('one');
    }
  });

  test('no file that is compiled here has an import()', () => {
    const folder = path.dirname(COMMAND);
    const files = fs.readdirSync(folder).filter((file) => file.endsWith('.js'));
    const importing = files.filter((file) =>
      /[^\w.$]import\((?!\))/.test(fs.readFileSync(path.join(folder, file), 'utf8')),
    );
    expect(importing).toEqual(['sandbox-cdk.lib-cli-program-import-file.js']);
  });
});
