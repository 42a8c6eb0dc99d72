/** The list of sensitive paths, and that no spelling gets around it. */
import fc from 'fast-check';
import { EnvRef } from '../../lib/core/env-ref';
import { canonicalPath } from '../../lib/policy/canonical-path';
import { classifyPath } from '../../lib/policy/classify-path';
import { hostPaths } from '../../lib/policy/host-paths';
import { hostSource } from '../../lib/policy/host-source';
import { inventoryOf } from '../../lib/policy/inventory';
import { PATH_GROUPS, type PathKind } from '../../lib/policy/sensitive-paths';
import { bind } from './cases/rule-cases';
import { FOLDER, HOME, service, subject } from './default-sandbox';
import { mangled } from './mangled-paths';

const paths = hostPaths(FOLDER, HOME);
const kindOf = (source: unknown) => hostSource(source, paths).verdict?.kind;

/** Concrete paths for the patterns of the list, in several homes. */
function examples(place: string): string[] {
  if (place.startsWith('<drive>')) return [place.replace('<drive>', '/mnt/c')];
  const filled = place.replaceAll(/\*/g, '1');
  if (!filled.startsWith('~')) return [filled];
  return ['/home/bob', '/root', '/Users/bob', HOME].map((home) => home + filled.slice(1));
}

/** System folders with something worse inside: as parents of that they are worse themselves. */
const WORSE: Readonly<Record<string, PathKind>> = {
  '/etc': 'credentials',
  '/library': 'credentials',
  '/run/systemd': 'engine-socket',
};

const LISTED = PATH_GROUPS.filter(({ kind }) => kind !== 'allowed').flatMap(({ kind, paths }) =>
  paths.flatMap((place) => examples(place).map((path) => ({ kind: WORSE[path] ?? kind, path }))),
);
const SAFE = [
  '/home/alice/work/shop',
  '/home/bob/projects/.config-like',
  '/srv/data',
  '/opt/company/fixtures',
  '/root/project/src',
  '/Users/bob/dev/app',
  '/usr/src/app',
  '/var/lib/jenkins/workspace/app',
  '/var/www/site',
  '/tmp/build-1234/src',
  '/builds/team/app',
  '/mnt/data/repositories/app',
  '/mnt/c/work/app',
];

describe('every listed path', () => {
  test.each(LISTED.map(({ path, kind }) => [path, kind] as const))(
    '%s is told: %s',
    (path, kind) => {
      expect(kindOf(path)).toBe(kind);
    },
  );

  test('is told in whatever spelling', () => {
    const spelt = fc.constantFrom(...LISTED).chain(({ kind, path }) => {
      return mangled(path).map((source) => ({ kind, source }));
    });
    fc.assert(
      fc.property(spelt, ({ kind, source }) => {
        expect(kindOf(source)).toBe(kind);
      }),
      { numRuns: 2000 },
    );
  });

  test('is told in long and short syntax, in a variable’s default, and behind a named volume', () => {
    const spelt = fc
      .constantFrom(...LISTED.filter(({ path }) => !path.includes(':')))
      .chain(({ kind, path }) => mangled(path).map((source) => ({ kind, source })));
    fc.assert(
      fc.property(spelt, ({ kind, source }) => {
        const volumes = [
          bind(source, { target: '/a' }),
          `${source}:/b:ro`,
          EnvRef.text`${EnvRef.optional('DIR', source)}:/c`,
          'named:/d',
        ];
        const { references } = inventoryOf(
          subject(service({ volumes }), {
            document: { volumes: { named: { driver_opts: { o: 'bind', device: source } } } },
          }),
        );
        const kinds = references
          .filter(({ use }) => use === 'mounts')
          .map(({ source: { verdict } }) => verdict?.kind);
        expect(kinds.slice(0, 3)).toEqual([kind, kind, kind]);
        // A volume on a device is the disk behind it, and worse than the device.
        if (kind !== 'system') expect(kinds[3]).toBe(kind);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is nobody else’s', () => {
  test.each(SAFE)('%s is no finding', (path) => {
    expect(kindOf(path)).toBeUndefined();
  });

  test('is none in any spelling', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SAFE).chain((path) => mangled(path)),
        (source) => {
          expect(kindOf(source)).toBeUndefined();
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('parents', () => {
  test('of what can never be mounted are as bad, up to the root', () => {
    const hard = LISTED.filter(({ kind }) => kind !== 'system' && kind !== 'display-socket');
    for (const { path } of hard) {
      const parts = path.split('/').slice(1);
      for (let length = parts.length - 1; length >= 0; length--) {
        const parent = `/${parts.slice(0, length).join('/')}`;
        // Of what lies on other drives /mnt is a parent in name only.
        if (parent === '/mnt') continue;
        expect([parent, kindOf(parent)]).not.toEqual([parent, undefined]);
        expect([parent, kindOf(parent)]).not.toEqual([parent, 'system']);
      }
    }
  });
});

describe('home folders', () => {
  test('wherever this one lies, its credentials are told', () => {
    const elsewhere = hostPaths(FOLDER, '/data/people/carol');
    const verdict = (source: string) => hostSource(source, elsewhere).verdict;
    expect(verdict('/data/people/carol/.aws')).toMatchObject({
      kind: 'credentials',
      place: '~/.aws',
    });
    expect(verdict('/data/people/carol')).toMatchObject({ kind: 'home', relation: 'is' });
    expect(verdict('/data/people')).toMatchObject({ kind: 'home', relation: 'contains' });
    expect(verdict('/data')).toMatchObject({ kind: 'home', relation: 'contains' });
    expect(verdict('/data/people/carol/work')).toBeUndefined();
    expect(verdict('/data/people/dave')).toBeUndefined();
  });

  test('a user without one makes nothing worse', () => {
    const nobody = hostPaths('/srv/app/sandbox.out/x', '/');
    expect(hostSource('../../src', nobody).verdict).toBeUndefined();
    expect(hostSource('/', nobody).verdict?.kind).toBe('root');
  });

  test.each([
    ['~bob/.ssh', 'credentials'],
    ['~/../bob/.ssh', 'credentials'],
    ['~/../..', 'root'],
    ['~/../../etc/shadow', 'credentials'],
    ['${HOME}/.ssh', 'credentials'],
    ['$HOME', 'home'],
    ['%USERPROFILE%\\.ssh', 'credentials'],
    ['~/projects/../.ssh', 'credentials'],
  ])('%s is told: %s', (source, kind) => {
    expect(kindOf(source)).toBe(kind);
  });
});

describe('Windows', () => {
  test.each([
    ['C:\\', 'root'],
    ['C:', 'root'],
    ['c:/', 'root'],
    ['\\\\?\\C:\\Users\\bob\\.ssh', 'credentials'],
    ['\\\\localhost\\c$\\Users\\bob', 'home'],
    ['\\\\wsl$\\Ubuntu\\home\\bob', 'home'],
    ['\\\\wsl.localhost\\Debian\\root\\.aws', 'credentials'],
    ['C:\\Users.\\bob \\.ssh', 'credentials'],
    ['C:\\Users\\bob\\AppData', 'credentials'],
    ['/c/Users/bob/.ssh', 'credentials'],
    ['//c/Users/bob', 'home'],
    ['/run/desktop/mnt/host/c/Users/bob', 'home'],
    ['C:\\work\\app', undefined],
    ['C:\\Users\\bob\\work\\app', undefined],
    ['C:\\Users\\Public\\app', undefined],
  ])('%s is told: %s', (source, kind) => {
    expect(kindOf(source)).toBe(kind);
  });
});

describe('spellings of other file systems', () => {
  test.each([
    ['/Users/bob/.ſsh', 'a letter that macOS compares with s'],
    ['/Users/bob/.s\u200csh', 'a character that macOS ignores'],
    ['/Users/bob/.ＳＳＨ', 'wide letters'],
  ])('%s is told, for %s', (source) => {
    expect(kindOf(source)).toBe('credentials');
  });
});

test('the verdict says how a path relates to the one that matters', () => {
  const verdict = (path: string) => classifyPath(canonicalPath(path));
  expect(verdict('/home/bob/.ssh')).toMatchObject({ relation: 'is', place: '.ssh' });
  expect(verdict('/home/bob/.aws')).toMatchObject({ relation: 'is', place: '~/.aws' });
  expect(verdict('/home/bob/.aws/config')).toMatchObject({ relation: 'lies in', place: '~/.aws' });
  expect(verdict('/home/bob/.config')).toMatchObject({ relation: 'contains', kind: 'credentials' });
  expect(verdict('/')).toMatchObject({ relation: 'is', kind: 'root', place: '/' });
});
