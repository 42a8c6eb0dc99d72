/** What `init` makes is synthesized, checked and tested as its README says. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ensureBuilt, REPOSITORY, run, runNode } from './helpers/built-command';
import { TemporaryProject } from './helpers/temporary-project';

let project: TemporaryProject;
beforeAll(ensureBuilt, 300_000);
afterEach(() => project.remove());

/** An empty folder with everything installed that a project's package.json asks for. */
function create(): void {
  project = new TemporaryProject();
  for (const name of fs.readdirSync(project.folder)) {
    if (name !== 'node_modules') fs.rmSync(project.path(name));
  }
  for (const name of ['jest', '@jest', '@swc', 'typescript']) {
    fs.symlinkSync(
      path.join(REPOSITORY, 'node_modules', name),
      project.path(path.join('node_modules', name)),
    );
  }
}

test('a project without agents can be synthesized, and is then up to date', () => {
  create();
  expect(run(project.folder, ['init'])).toMatchObject({ code: 0, stdout: '' });
  const synth = run(project.folder, ['synth']);
  expect(synth.stderr).not.toMatch(/^error/m);
  expect(synth.code).toBe(0);
  expect(run(project.folder, ['synth', '--check']).code).toBe(0);
}, 60_000);

test('the test of one with every agent passes, and its types are right', () => {
  create();
  const agents = ['claude-code', 'codex', 'gemini-cli', 'copilot'].flatMap((name) => [
    '--agent',
    name,
  ]);
  run(project.folder, ['init', '--level', '3', ...agents]);
  const jest = path.join(REPOSITORY, 'node_modules/jest/bin/jest.js');
  const first = runNode(project.folder, [jest], { env: { CI: undefined } });
  expect(first.stderr).toContain('1 snapshot written');
  expect(first.code).toBe(0);
  const tsc = path.join(REPOSITORY, 'node_modules/typescript/bin/tsc');
  expect(runNode(project.folder, [tsc])).toMatchObject({ code: 0, stdout: '' });
}, 120_000);

test('one beside an ES module project can be synthesized too', () => {
  create();
  project.write('package.json', '{ "name": "theirs", "type": "module" }');
  project.write(
    'tsconfig.json',
    '{ "compilerOptions": { "module": "NodeNext", "target": "ES2022", "strict": true, "types": [], "skipLibCheck": true } }',
  );
  run(project.folder, ['init', '--agent', 'codex']);
  const { code, stderr } = run(project.folder, ['synth']);
  expect(stderr).not.toMatch(/^error/m);
  expect(code).toBe(0);
}, 60_000);
