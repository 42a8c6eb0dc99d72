import * as fc from 'fast-check';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { findSecrets } from '../../../lib/engine/sources/secrets';

let folder: string;

beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-secrets-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

function write(file: string, content = 'x'): void {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), content);
}

const PEM = '-----BEGIN EC PRIVATE KEY-----\nx\n';

test.each([
  ['.env', 'A=b'],
  ['deep/down/.env.production', 'A=b'],
  ['id_ed25519', 'x'],
  ['certs/server.pem', PEM],
  ['server.key', PEM],
  ['store.p12', 'x'],
  ['.npmrc', '//registry.example.com/:_authToken=abcdef0123456789\n'],
  ['.git/config', '[remote "origin"]\n  url = https://me:secret@example.com/x.git\n'],
  ['terraform.tfstate', '{}'],
])('%s is found', (file, content) => {
  write(file, content);
  write('src/index.ts', 'export {}');
  expect(findSecrets(folder)).toEqual([file]);
});

test.each([
  ['.env.example', 'A=b'],
  ['.npmrc', 'save-exact=true\n'],
  ['.npmrc', '//registry.example.com/:_authToken=${NPM_TOKEN}\n'],
  ['.git/config', '[remote "origin"]\n  url = https://example.com/x.git\n'],
  ['certs/ca.pem', '-----BEGIN CERTIFICATE-----\nx\n'],
  ['src/environment.ts', 'x'],
  ['node_modules/some/test/.env', 'A=b'],
  ['.env', ''],
])('%s with %j is none', (file, content) => {
  write(file, content);
  expect(findSecrets(folder)).toEqual([]);
});

test('a folder of credentials is one secret, whatever lies in it', () => {
  write('.ssh/id_rsa');
  write('.ssh/config');
  expect(findSecrets(folder)).toEqual(['.ssh/']);
});

test('links are not followed out of the folder', () => {
  const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-outside-'));
  fs.writeFileSync(path.join(outside, '.env'), 'A=b');
  fs.symlinkSync(outside, path.join(folder, 'linked'));
  fs.symlinkSync(path.join(outside, '.env'), path.join(folder, '.env'));
  expect(findSecrets(folder)).toEqual([]);
  fs.rmSync(outside, { recursive: true });
});

test('a link with the name of a secret counts for the file in the folder that it leads to', () => {
  write('settings', 'A=b');
  fs.symlinkSync('settings', path.join(folder, '.env'));
  expect(findSecrets(folder)).toEqual(['settings']);
});

test('what is left out on purpose is not looked into', () => {
  write('out/.env', 'A=b');
  expect(findSecrets(folder, { except: [path.join(folder, 'out')] })).toEqual([]);
});

test('a folder that is not there, or is a file, holds none', () => {
  write('file');
  expect(findSecrets(path.join(folder, 'gone'))).toEqual([]);
  expect(findSecrets(path.join(folder, 'file'))).toEqual([]);
});

test('whatever the names are, what is found lies in the folder, once, and sorted', () => {
  const word = fc.oneof(
    fc.constantFrom('.env', 'id_rsa', '.ssh', '.git', 'config', '.npmrc', 'key.pem', '-', ' '),
    fc.string({ minLength: 1, maxLength: 12 }).filter((name) => !/[/\0]/.test(name)),
  );
  const name = word.filter((each) => each !== '.' && each !== '..');
  fc.assert(
    fc.property(fc.array(fc.array(name, { minLength: 1, maxLength: 3 })), (files) => {
      const inner = fs.mkdtempSync(path.join(folder, 'tree-'));
      for (const parts of files) {
        try {
          fs.mkdirSync(path.join(inner, ...parts.slice(0, -1)), { recursive: true });
          fs.writeFileSync(path.join(inner, ...parts), 'TOKEN=abcdefgh12345678', { flag: 'wx' });
        } catch {
          // One name is a file already where another one needs a folder.
        }
      }
      const secrets = findSecrets(inner);
      expect(secrets).toEqual([...new Set(secrets)].sort());
      for (const each of secrets) {
        expect(fs.lstatSync(path.join(inner, each)).isDirectory()).toBe(each.endsWith('/'));
      }
      for (const parts of files) {
        const isPlain = parts.length === 1 && parts[0] === '.env';
        if (isPlain && fs.statSync(path.join(inner, '.env')).isFile()) {
          expect(secrets).toContain('.env');
        }
      }
    }),
    { numRuns: 60 },
  );
});
