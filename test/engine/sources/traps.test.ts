import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { asNobody } from '../../as-nobody';
import { findTraps } from '../../../lib/engine/sources/traps';

let outside: string;
let folder: string;

beforeEach(() => {
  outside = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-traps-'));
  folder = path.join(outside, 'output');
  fs.mkdirSync(path.join(folder, 'sub'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'result'), '12345');
});
afterEach(() => fs.rmSync(outside, { recursive: true }));

const found = () => findTraps(folder).found;

test('files, folders and links within are no traps, and their bytes are counted', () => {
  fs.symlinkSync('../result', path.join(folder, 'sub/link'));
  fs.linkSync(path.join(folder, 'result'), path.join(folder, 'sub/second'));
  expect(found()).toEqual([]);
  expect(findTraps(folder)).toMatchObject({ isWhole: true });
  expect(findTraps(folder).bytes).toBeGreaterThanOrEqual(10);
});

test.each(['/etc/passwd', '../../x', '/'])('a link to %s leads out', (target) => {
  fs.symlinkSync(target, path.join(folder, 'sub/link'));
  expect(found()).toEqual([`sub/link: a link to ${target}`]);
});

test('an absolute link leads out even where it leads back: inside it means another place', () => {
  fs.symlinkSync(path.join(folder, 'result'), path.join(folder, 'link'));
  expect(found()).toHaveLength(1);
});

test('a second name of a file outside is a trap', () => {
  fs.writeFileSync(path.join(outside, 'file'), 'x');
  fs.linkSync(path.join(outside, 'file'), path.join(folder, 'link'));
  expect(found()).toEqual(['link: another name of a file outside']);
});

test('a program that runs as its owner is a trap', () => {
  fs.chmodSync(path.join(folder, 'result'), 0o4755);
  expect(found()).toEqual(['result: runs as its owner (setuid or setgid)']);
});

test('a named pipe and a socket are traps', async () => {
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  const server = net.createServer().listen(path.join(folder, 'socket'));
  await new Promise((resolve) => server.once('listening', resolve));
  expect(found()).toEqual(['pipe: a named pipe', 'socket: a socket']);
  server.close();
});

test('a folder that is not there holds none', () => {
  expect(findTraps(path.join(folder, 'gone'))).toEqual({ found: [], bytes: 0, isWhole: true });
});

test('a link that climbs out through another link is a trap, though its text stays inside', () => {
  fs.symlinkSync('..', path.join(folder, 'sub/up'));
  fs.symlinkSync('sub/up/../outer', path.join(folder, 'climb'));
  expect(found()).toEqual(['climb: a link to sub/up/../outer']);
});

test('where no trap is found every link leads to a place inside', () => {
  const place = fc.constantFrom('a', 'b', 'sub', 'result', '..', '.');
  const target = fc.array(place, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
  const links = ['a', 'b', 'sub/a', 'sub/b'];
  fs.writeFileSync(path.join(outside, 'a'), 'x');
  fc.assert(
    fc.property(fc.tuple(target, target, target, target), (targets) => {
      links.forEach((link, index) => fs.symlinkSync(targets[index]!, path.join(folder, link)));
      const isFree = found().length === 0;
      const real = links.map((link) => realOf(path.join(folder, link)));
      for (const link of links) fs.rmSync(path.join(folder, link));
      const root = fs.realpathSync(folder);
      const isOut = (each: string) => each !== root && !each.startsWith(root + path.sep);
      if (isFree) expect(real.filter(isOut)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

/** Where a link leads; its own place when it leads nowhere. */
function realOf(link: string): string {
  try {
    return fs.realpathSync(link);
  } catch {
    return path.join(fs.realpathSync(path.dirname(link)), path.basename(link));
  }
}

test.each([
  [0o000, 'sub: cannot be looked at'],
  [0o444, 'sub/file: cannot be looked at'],
])('what is closed to its reader (%o) may hold anything', (mode, expected) => {
  fs.writeFileSync(path.join(folder, 'sub/file'), 'x');
  fs.chmodSync(folder, 0o755);
  fs.chmodSync(outside, 0o755);
  fs.chmodSync(path.join(folder, 'sub'), mode);
  try {
    expect(asNobody(found)).toEqual([expected]);
  } finally {
    fs.chmodSync(path.join(folder, 'sub'), 0o755);
  }
});

test('a folder that is closed as a whole may hold anything', () => {
  fs.chmodSync(folder, 0o300);
  try {
    expect(asNobody(found)).toEqual(['.: cannot be looked at']);
  } finally {
    fs.chmodSync(folder, 0o755);
  }
});
