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

test.each([
  ['1', ['claude-code']],
  ['2', ['claude-code', 'codex', 'gemini-cli']],
  ['3', ['copilot']],
  ['1', []],
])(
  'a project of level %s with the agents %j can be synthesized',
  (level, agents) => {
    create();
    const options = ['--level', level, ...agents.flatMap((agent) => ['--agent', agent])];
    expect(run(project.folder, ['init', ...options])).toMatchObject({ code: 0, stdout: '' });
    const synth = run(project.folder, ['synth']);
    expect(synth.stderr).not.toMatch(/^error/m);
    expect(synth.code).toBe(0);
    expect(run(project.folder, ['synth', '--check']).code).toBe(0);
  },
  60_000,
);

test('its test passes, twice, and its types are right', () => {
  create();
  run(project.folder, ['init', '--level', '2', '--agent', 'codex']);
  const jest = path.join(REPOSITORY, 'node_modules/jest/bin/jest.js');
  const first = runNode(project.folder, [jest], { env: { CI: undefined } });
  expect(first.stderr).toContain('1 snapshot written');
  expect(first.code).toBe(0);
  const second = runNode(project.folder, [jest, '--ci']);
  expect(second.stderr).toMatch(/^Snapshots: +1 passed, 1 total$/m);
  const tsc = path.join(REPOSITORY, 'node_modules/typescript/bin/tsc');
  expect(runNode(project.folder, [tsc])).toMatchObject({ code: 0, stdout: '' });
}, 120_000);

test('beside an ES module project it can be synthesized too', () => {
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
