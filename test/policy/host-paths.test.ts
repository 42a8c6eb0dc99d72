/** Symlinks on a real disk: wherever a link stands, rules see what it leads to. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { hostPaths, type HostLooks } from '../../lib/policy/host-paths';
import { hostSource } from '../../lib/policy/host-source';

let top: string;
let home: string;
let project: string;
let folder: string;

beforeEach(() => {
  top = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'host-paths-')));
  home = path.join(top, 'people', 'carol');
  project = path.join(home, 'work', 'shop');
  folder = path.join(project, 'sandbox.out', 'shop');
  for (const made of [
    path.join(home, '.ssh'),
    path.join(home, '.aws'),
    path.join(project, 'src'),
  ]) {
    fs.mkdirSync(made, { recursive: true });
  }
});
afterEach(() => fs.rmSync(top, { recursive: true, force: true }));

const verdict = (source: string) => hostSource(source, hostPaths(folder, home)).verdict;
const link = (target: string, ...at: string[]) => fs.symlinkSync(target, path.join(project, ...at));

describe('a mount source', () => {
  test('that is a plain folder of the project is no finding', () => {
    expect(verdict('../../src')).toBeUndefined();
  });

  test('that is a link to a credential folder is told', () => {
    link(path.join(home, '.ssh'), 'keys');
    expect(verdict('../../keys')).toMatchObject({ kind: 'credentials', place: '.ssh' });
  });

  test('that has a link in its middle is told', () => {
    link(home, 'deps');
    expect(verdict('../../deps/.aws/config')).toMatchObject({
      kind: 'credentials',
      place: '~/.aws',
    });
    expect(verdict('../../deps/work/shop/src')).toBeUndefined();
  });

  test('that is a relative link, or a link to a link, is told', () => {
    link('../../.ssh', 'one');
    link('one', 'two');
    expect(verdict('../../one')?.kind).toBe('credentials');
    expect(verdict('../../two/id_rsa')?.kind).toBe('credentials');
  });

  test('that is a link to something that does not exist yet is told', () => {
    link(path.join(home, '.kube', 'config'), 'later');
    link('/run/docker.sock', 'socket');
    expect(verdict('../../later')?.kind).toBe('credentials');
    expect(verdict('../../socket')?.kind).toBe('engine-socket');
  });

  test('that does not exist, below a link, is told', () => {
    link(path.join(home, '.aws'), 'deps');
    expect(verdict('../../deps/new/file')?.kind).toBe('credentials');
  });

  test('that goes up from a link is told for both readings', () => {
    link(path.join(home, '.ssh'), 'src', 'link');
    // The kernel goes up from where the link leads to, Compose from the link itself.
    expect(verdict('../../src/link/..')?.kind).toBe('home');
    expect(verdict('../../src/link/../.aws')?.kind).toBe('credentials');
    expect(verdict('../../src/link/../../../..')).toMatchObject({ kind: 'home' });
  });

  test('that is a link to a folder of the project is no finding', () => {
    link('src', 'code');
    expect(verdict('../../code')).toBeUndefined();
  });

  test('that is a link to itself does not hang, and is taken as it is spelt', () => {
    link('loop', 'loop');
    link('b', 'a');
    link('a', 'b');
    expect(verdict('../../loop/x')).toBeUndefined();
    expect(verdict('../../a')).toBeUndefined();
  });

  test('that is a link to the root of a process is the host’s root', () => {
    link('/proc/self/root', 'root');
    link('/proc/1/cwd', 'cwd');
    expect(verdict('../../root')?.kind).toBe('root');
    expect(verdict('../../cwd')?.kind).toBe('root');
    expect(verdict('../../root/etc/shadow')?.kind).toBe('credentials');
  });

  test('in a project that is itself reached through a link is told', () => {
    const other = path.join(top, 'elsewhere');
    fs.symlinkSync(project, other);
    link('../../.ssh', 'keys');
    const through = hostPaths(path.join(other, 'sandbox.out', 'shop'), home);
    expect(hostSource('../../keys', through).verdict?.kind).toBe('credentials');
    expect(hostSource('../../src', through).verdict).toBeUndefined();
  });
});

describe('resolving', () => {
  test('gives a path as spelt first, then where it leads to', () => {
    link('src', 'code');
    const resolved = hostPaths(folder, home).resolve('../../code/a');
    expect(resolved).toEqual([path.join(project, 'code/a'), path.join(project, 'src/a')]);
  });

  test('gives one path where no link is', () => {
    expect(hostPaths(folder, home).resolve('../../src/')).toEqual([path.join(project, 'src')]);
    expect(hostPaths(folder, home).resolve('~')).toEqual([home]);
  });

  test('looks at each path once, for all that share their looks', () => {
    const looks: HostLooks = new Map();
    hostPaths(folder, home, looks).resolve('../../src');
    const known = looks.size;
    link('src', 'code');
    hostPaths(path.join(project, 'sandbox.out', 'other'), home, looks).resolve('../../src');
    expect(looks.size).toBe(known);
    hostPaths(folder, home, looks).resolve('../../code');
    expect(looks.get(path.join(project, 'code'))).toEqual({ leadsTo: 'src' });
  });

  test('looks again without shared looks', () => {
    const before = hostPaths(folder, home).resolve('../../code');
    link('src', 'code');
    expect(before).toHaveLength(1);
    expect(hostPaths(folder, home).resolve('../../code')).toHaveLength(2);
  });

  test('knows a home folder by itself', () => {
    expect(path.isAbsolute(hostPaths(folder).home)).toBe(true);
  });
});
