/** The assertions depend on no test runner: besides jest (this one), node's own and none at all. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { buildSync } from 'esbuild';
import { App, Level1Sandbox } from '../../index';
import { Template } from '../../lib/testing';

const ROOT = path.resolve(__dirname, '../..');
let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'runners-'));
  // The package as compiled files, so that no runner needs a transformer.
  buildSync({
    stdin: {
      contents: `export * from './index'; export * from './lib/testing';`,
      resolveDir: ROOT,
    },
    bundle: true,
    platform: 'node',
    outfile: path.join(folder, 'sandbox-cdk.js'),
    logLevel: 'error',
  });
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Runs a program in a process of its own, with a template of a sandbox at hand. */
function run(name: string, program: string, ...options: string[]) {
  const file = path.join(folder, name);
  const start = `
    const { App, Level1Sandbox, Match, Template } = require('./sandbox-cdk');
    const sandbox = new Level1Sandbox(new App({ projectDir: '/project' }), 'demo', { source: '.' });
    const template = Template.fromSandbox(sandbox);
  `;
  fs.writeFileSync(file, start + program);
  // Without the variables by which runners recognize themselves and their workers.
  const { NODE_TEST_CONTEXT: _, JEST_WORKER_ID: __, NODE_OPTIONS: ___, ...env } = process.env;
  return spawnSync(process.execPath, [...options, file], { encoding: 'utf8', cwd: folder, env });
}

test('a script without a runner gets a plain error; another process sees the same bytes', () => {
  const { status, stdout, stderr } = run(
    'script.js',
    `
    template.hasService('agent', { network_mode: 'none', privileged: Match.absent() });
    for (const file of template.filePaths) process.stdout.write(template.file(file));
    process.stdout.write(JSON.stringify(template));
    template.hasService('agent', { network_mode: 'bridge' });
    `,
  );
  expect(stdout).toBe(snapshot());
  expect(stdout).not.toContain(os.hostname());
  expect(stderr).toContain('network_mode: none  !! expected bridge but received none');
  expect(status).toBe(1);
});

test('node’s own runner reports it as the failure of the test', () => {
  const { status, stdout } = run(
    'example.test.js',
    `
    const { test } = require('node:test');
    test('holds', () => { template.hasService('agent').serviceCountIs(1); });
    test('fails', () => { template.hasService('agnet'); });
    `,
    '--test',
    '--test-reporter=tap',
  );
  expect(stdout).toMatch(/^# pass 1$/m);
  expect(stdout).toMatch(/^# fail 1$/m);
  expect(stdout).toContain('did you mean agent?');
  expect(status).toBe(1);
});

test('jest reports it as the failure of the test', () => {
  expect(() => templateOf().hasService('agnet')).toThrow('did you mean agent?');
  expect(templateOf().toJSON()).toMatchObject({ services: { agent: { network_mode: 'none' } } });
});

/** What the script prints, from this process. */
function snapshot(): string {
  const template = templateOf();
  const files = template.filePaths.map((file) => template.file(file));
  return files.join('') + JSON.stringify(template);
}

function templateOf(): Template {
  const app = new App({ projectDir: '/project' });
  return Template.fromSandbox(new Level1Sandbox(app, 'demo', { source: '.' }));
}
