/** What V8 compiled is kept for the next run, and damage to it is no harm. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ensureBuilt, run } from './helpers/built-command';
import { program, TemporaryProject } from './helpers/temporary-project';

let project: TemporaryProject;
beforeAll(ensureBuilt, 300_000);
beforeEach(() => {
  project = new TemporaryProject({ 'app.js': program('one') });
  expect(run(project.folder, ['synth']).code).toBe(0);
});
afterEach(() => project.remove());

const CACHE = 'node_modules/.cache/sandbox-cdk/code.bin';
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
