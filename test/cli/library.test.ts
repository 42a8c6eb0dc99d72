import * as fs from 'node:fs';
import * as path from 'node:path';
import { ENTRIES, getsThisCopy, isLibraryRequest, libraryModule } from '../../lib/cli/library';
import { TemporaryProject } from './helpers/temporary-project';

const { exports: published } = JSON.parse(
  fs.readFileSync(path.resolve(__dirname, '../../package.json'), 'utf8'),
) as { exports: Record<string, string | { default: string }> };

test('the command has every module that the package publishes, from the same file', () => {
  const modules = Object.entries(published).flatMap(([name, target]) =>
    typeof target === 'string' ? [] : [[path.posix.join('sandbox-cdk', name), target.default]],
  );
  expect(Object.entries(ENTRIES).map(([request, { file }]) => [request, `./${file}`])).toEqual(
    modules,
  );
});

test('a module is loaded once', () => {
  expect(libraryModule('sandbox-cdk')).toBe(libraryModule('sandbox-cdk'));
});

test('other requests are none of its business', () => {
  expect(isLibraryRequest('sandbox-cdk')).toBe(true);
  for (const request of ['sandbox-cdk/package.json', 'sandbox', 'toString', './sandbox-cdk']) {
    expect(isLibraryRequest(request)).toBe(false);
  }
});

test('a program gets this copy where its own node_modules leads to it', () => {
  const project = new TemporaryProject();
  expect(getsThisCopy(project.path('deep/er'))).toBe(true);
  project.write('other/node_modules/sandbox-cdk/index.js', '');
  expect(getsThisCopy(project.path('other/deep'))).toBe(false);
  expect(getsThisCopy('/')).toBe(false);
  project.remove();
});

test('a program inside the package itself gets this copy', () => {
  expect(getsThisCopy(path.resolve(__dirname, '../../examples'))).toBe(true);
  expect(getsThisCopy(path.resolve(__dirname, '../../node_modules/typescript'))).toBe(false);
});
