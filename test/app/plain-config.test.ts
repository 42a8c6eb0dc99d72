import * as fc from 'fast-check';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { findConfigFile, plainConfig } from '../../lib/app/plain-config';
import { findProject } from '../../lib/app/project';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-plain-'));
const file = path.join(folder, 'cdk-like.json');
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** `undefined` when the schema refuses it. */
function bySchema(): { output?: string } | undefined {
  try {
    return { output: findProject(folder).output };
  } catch {
    return undefined;
  }
}

test('the nearest one is found, going up', () => {
  const below = path.join(folder, 'a/b');
  fs.mkdirSync(below, { recursive: true });
  fs.writeFileSync(file, '{}');
  expect(findConfigFile(below)).toBe(file);
  expect(findConfigFile(os.tmpdir())).toBeUndefined();
});

test('a folder of that name, and a file that is not there, are the schema’s to tell', () => {
  expect(plainConfig(folder)).toBeUndefined();
  expect(plainConfig(path.join(folder, 'nothing'))).toBeUndefined();
});

test.each([
  '{ "output": "out" }',
  '{ "$schema": "x", "app": "bin/app.ts", "output": "/abs", "context": { "a": [1] } }',
  '{}',
])('%s is plainly right', (text) => {
  fs.writeFileSync(file, text);
  expect(plainConfig(file)).toEqual(bySchema());
  expect(plainConfig(file)).toBeDefined();
});

test.each(['{ "output": "out" } x', '{ "output": "a", "output": "b" }', '[]', '"x"', 'null', ''])(
  '%s is not',
  (text) => {
    fs.writeFileSync(file, text);
    expect(plainConfig(file)).toBeUndefined();
  },
);

test('whatever it takes, the schema takes in the same way', () => {
  const value = fc.oneof(
    fc.constantFrom('out', '../x', '.', './', 'a/..', '/abs', ' ', '', 'a\nb', 'app.ts', 'x.py'),
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.constant({}),
    fc.constant([]),
  );
  const key = fc.constantFrom('$schema', 'app', 'output', 'context', 'outptu');
  fc.assert(
    fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (config) => {
      fs.writeFileSync(file, JSON.stringify(config));
      expect(plainConfig(file)).toEqual(bySchema());
    }),
  );
});
