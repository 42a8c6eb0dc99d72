/**
 * Real work: a published package with a test suite that nobody here wrote runs its tests inside of a
 * Level 1 sandbox, without a network, with the same result as outside.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeWithEngine } from './support/engine';
import { Project } from './support/project';
import { REPOSITORY, tryRun } from './support/run';

const PACKAGE = '@fastify/merge-json-schemas';
const TESTS = ['node', '--test', '--test-reporter', 'tap', 'test/'];

/** The results of all tests by name, and the counts; times are left out. */
function resultsOf(tap: string): string[] {
  return tap
    .split('\n')
    .filter((line) => /^\s*(?:not )?ok \d|^# (?:tests|pass|fail|cancelled|skipped) \d/.test(line))
    .map((line) => line.trim());
}

describeWithEngine('the tests of a published package', () => {
  let project: Project;

  beforeAll(() => {
    project = new Project();
    const source = path.join(project.folder, 'src');
    const modules = path.join(REPOSITORY, 'node_modules');
    fs.cpSync(path.join(modules, PACKAGE), source, { recursive: true });
    fs.cpSync(path.join(modules, 'dequal'), path.join(source, 'node_modules/dequal'), {
      recursive: true,
    });
    project.sandboxCdk('init', '.');
    project.link();
    project.edit('lib/sandbox.ts', "source: '.',", "source: 'src', packages: ['nodejs'],");
    project.sandboxCdk('synth');
    const { status, stderr } = project.trySandboxCdk('start', '--allow-unproven', 'K8=a test');
    expect([status, stderr]).toEqual([0, expect.stringContaining('started')]);
  }, 600_000);

  afterAll(() => {
    project.trySandboxCdk('clean', '--yes', '--outputs');
    project.remove();
  }, 120_000);

  test('have the same results inside as outside', () => {
    const [program, ...args] = TESTS;
    const cwd = path.join(project.folder, 'src');
    const outside = tryRun(program!, args, { cwd });
    const inside = project.trySandboxCdk('exec', '--', ...TESTS);
    const expected = outside.stdout.replaceAll(cwd, '/workspace');
    expect(resultsOf(inside.stdout)).toEqual(resultsOf(expected));
    expect(inside.status).toBe(outside.status);
    expect(resultsOf(inside.stdout)).toContain('# fail 0');
    expect(resultsOf(inside.stdout).length).toBeGreaterThan(100);
  }, 300_000);
});
