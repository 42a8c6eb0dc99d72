import * as fs from 'node:fs';
import * as path from 'node:path';
import { findOtherCopy } from '../../lib/cli/hand-over';
import { ensureBuilt, REPOSITORY, run } from './helpers/built-command';
import { TemporaryProject } from './helpers/temporary-project';

let project: TemporaryProject;
beforeEach(() => {
  project = new TemporaryProject();
});
afterEach(() => project.remove());

function installOtherCopy(
  bin = "console.log('the other copy, with', process.argv.slice(2).join(' '))",
): string {
  fs.rmSync(project.path('node_modules/sandbox-cdk'));
  project.write('node_modules/sandbox-cdk/package.json', '{ "bin": { "sandbox-cdk": "bin.js" } }');
  project.write('node_modules/sandbox-cdk/bin.js', bin);
  return project.path('node_modules/sandbox-cdk/bin.js');
}

test('a project whose copy is this one needs no hand-over', () => {
  expect(findOtherCopy(project.folder)).toBeUndefined();
});

test('a folder without a copy needs no hand-over', () => {
  expect(findOtherCopy('/')).toBeUndefined();
});

test('another copy is found from any folder of the project', () => {
  const bin = installOtherCopy();
  expect(findOtherCopy(project.folder)).toBe(bin);
  expect(findOtherCopy(project.path('deep/er'))).toBe(bin);
});

test('a copy without its command is left alone', () => {
  const bin = installOtherCopy();
  fs.rmSync(bin);
  expect(findOtherCopy(project.folder)).toBeUndefined();
});

describe('the command', () => {
  beforeAll(ensureBuilt, 300_000);

  it('hands over to the other copy and says nothing itself', () => {
    installOtherCopy();
    expect(run(project.folder, ['synth', '--check'])).toEqual({
      code: 0,
      stdout: 'the other copy, with synth --check\n',
      stderr: '',
    });
  });

  it('hands over to the copy of the project that is named', () => {
    installOtherCopy();
    for (const name of [['--project', project.folder], [`--project=${project.folder}`]]) {
      expect(run('/', ['list', ...name]).stdout).toBe(
        `the other copy, with list ${name.join(' ')}\n`,
      );
    }
  });

  it('is handed over once, even if the copies do not agree which one it is', () => {
    const command = JSON.stringify(path.join(REPOSITORY, 'dist/bin/sandbox-cdk.js'));
    installOtherCopy(`delete require.cache[${command}];\nrequire(${command});`);
    expect(run(project.folder, ['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
