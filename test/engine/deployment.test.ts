import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { projectName, realFolder } from '../../lib/engine/deployment';

test('a project has the name of its sandbox, and another digest in every folder', () => {
  expect(projectName('lab', '/a')).toMatch(/^lab-[0-9a-f]{6}$/);
  expect(projectName('lab', '/a')).toBe(projectName('lab', '/a'));
  expect(projectName('lab', '/a')).not.toBe(projectName('lab', '/b'));
});

test('a folder has one spelling through whatever link it is reached, also when it is gone', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-deployment-'));
  const real = fs.realpathSync(folder);
  fs.symlinkSync(folder, `${folder}-link`);
  expect(realFolder(`${folder}-link`)).toBe(real);
  fs.rmSync(`${folder}-link`);
  fs.rmdirSync(folder);
  expect(realFolder(`${folder}/../gone`)).toBe(path.join(path.dirname(folder), 'gone'));
});
