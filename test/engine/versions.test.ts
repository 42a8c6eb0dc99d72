import * as fc from 'fast-check';
import { compareVersions, isSameLine, parseVersion, type Version } from '../../lib/engine/versions';

const read = (text: string): Version => parseVersion(text)!;
const compare = (one: string, other: string): number =>
  Math.sign(compareVersions(read(one), read(other)));

const part = fc.integer({ min: 0, max: 999_999_999 });
const release = fc
  .array(part, { minLength: 1, maxLength: 4 })
  .filter((parts) => parts.some((number) => number > 0))
  .map((parts) => parts.join('.'));
const stage = fc
  .tuple(
    fc.constantFrom('-', '~', '.'),
    fc.constantFrom('dev', 'alpha', 'beta', 'rc'),
    fc.constantFrom('', '.', '-'),
    fc.nat(99),
  )
  .map((parts) => parts.join(''));
const upstream = fc.tuple(release, fc.option(stage, { nil: '' })).map((parts) => parts.join(''));
const suffix = fc.constantFrom(
  '+ds1-1+deb12u1',
  '+dfsg4',
  '~ds1',
  '-0ubuntu3',
  '-37-amd64',
  '-91-generic',
  '-553.el8_10.x86_64',
  '-linuxkit',
  '+dev',
  '-0-g51d5e946',
);

const awkward = fc.string({
  unit: fc.constantFrom(
    '0',
    '1',
    '.',
    '-',
    '~',
    '+',
    ' ',
    'v',
    'rc',
    '\n',
    '\u0000',
    '\u2028',
    'é',
    '💥',
  ),
});

describe('a version', () => {
  test.each([
    ['1.1.12', [1, 1, 12], undefined, ''],
    ['v2.1.5', [2, 1, 5], undefined, ''],
    ['1.4.0-rc.3', [1, 4, 0], [3, 3], ''],
    ['1.0.0-rc95', [1, 0, 0], [3, 95], ''],
    ['1.0.0~rc93+ds1-5+deb11u3', [1, 0, 0], [3, 93], '+ds1-5+deb11u3'],
    ['2.2.0-beta.0', [2, 2, 0], [2, 0], ''],
    ['5.17-rc6', [5, 17], [3, 6], ''],
    ['18.06.1-ce', [18, 6, 1], undefined, ''],
    ['18.06.1-ce-rc2', [18, 6, 1], [3, 2], ''],
    ['29.0.0-dev', [29, 0, 0], [0, 0], ''],
    ['1.2.3-development', [1, 2, 3], undefined, '-development'],
    ['1.1.5+ds1-1+deb12u1', [1, 1, 5], undefined, '+ds1-1+deb12u1'],
    ['20.10.24+dfsg1', [20, 10, 24], undefined, '+dfsg1'],
    ['28.5.2+dfsg4', [28, 5, 2], undefined, '+dfsg4'],
    ['1.6.20~ds1', [1, 6, 20], undefined, '~ds1'],
    ['1.1.12-0ubuntu3', [1, 1, 12], undefined, '-0ubuntu3'],
    ['6.1.0-37-amd64', [6, 1, 0], undefined, '-37-amd64'],
    ['6.6.87.2-microsoft-standard-WSL2', [6, 6, 87, 2], undefined, '-microsoft-standard-WSL2'],
    ['release-20240729.0', [20240729, 0], undefined, ''],
    ['0.0~20240729.0-4', [20240729, 0], undefined, '0.0~-4'],
    ['Docker Desktop 4.44.3 (202357)', [4, 44, 3], undefined, ''],
    [' 4.44.3 (202357)\n', [4, 44, 3], undefined, ''],
  ])('is read from %j', (text, numbers, stageRead, build) => {
    const expected = stageRead ? { numbers, stage: stageRead, build } : { numbers, build };
    expect(parseVersion(text)).toEqual(expected);
  });

  test.each([
    '',
    ' ',
    'dev',
    'library-import',
    'unknown',
    'N/A',
    '<unknown>',
    '51d5e94601ceffbbd85688df1c928ecccbfa4685',
    '0.0.0-20250102030405-abcdef',
    '1.2.3abc',
    '10000000000.1',
    'runc version 1.1.5',
    '-1.2',
  ])('is not read from %j', (text) => expect(parseVersion(text)).toBeUndefined());

  test('is never read from garbage with an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), awkward, upstream), (text) => {
        const version = parseVersion(text);
        expect(version?.numbers.every(Number.isSafeInteger) ?? true).toBe(true);
      }),
    );
  });
});

describe('the order of versions', () => {
  test('is the one in which they were released', () => {
    const released = [
      '1.0.0-rc3',
      '1.0.0-rc93',
      '1.0.0-rc95',
      '1.0.0',
      '1.1.4',
      '1.1.12',
      '1.2.0-alpha.2',
      '1.2.0-beta.1',
      '1.2.0-rc.1',
      '1.2.0-rc.3',
      '1.2',
      '1.2.8',
      '1.10.0',
      '20.10.9',
      '20.10.24',
      '23.0.0',
    ];
    for (const [index, version] of released.entries()) {
      const against = released.map((other) => compare(version, other));
      expect(against).toEqual(released.map((_, other) => Math.sign(index - other)));
    }
  });

  test('is total: reflexive, antisymmetric and transitive', () => {
    fc.assert(
      fc.property(upstream, upstream, upstream, (one, other, third) => {
        expect(compare(one, one)).toBe(0);
        expect(compare(one, other) + compare(other, one)).toBe(0);
        const [low, middle, high] = [one, other, third].sort(compare);
        expect(compare(low!, middle!)).toBeLessThanOrEqual(0);
        expect(compare(middle!, high!)).toBeLessThanOrEqual(0);
        expect(compare(low!, high!)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('does not look at what a distribution wrote behind the number', () => {
    fc.assert(
      fc.property(upstream, upstream, suffix, suffix, (one, other, mine, yours) => {
        expect(compare(one + mine, other + yours)).toBe(compare(one, other));
        expect(read(one).build).toBe('');
        expect(read(one + mine).build).not.toBe('');
      }),
    );
  });

  test('puts a pre-release before its release, and after every release before that', () => {
    fc.assert(
      fc.property(release, release, stage, (one, other, early) => {
        expect(compare(one + early, one)).toBe(-1);
        fc.pre(compare(other, one) < 0);
        expect(compare(other, one + early)).toBe(-1);
      }),
    );
  });

  test('counts a number that is not there as zero', () => {
    fc.assert(
      fc.property(part, part, (major, minor) => {
        fc.pre(major + minor > 0);
        expect(compare(`${major}.${minor}`, `${major}.${minor}.0.0`)).toBe(0);
      }),
    );
  });
});

describe('a release line', () => {
  test('is what the first two numbers name', () => {
    expect(isSameLine(read('1.2.7'), read('1.2.8'))).toBe(true);
    expect(isSameLine(read('5.17'), read('5.17.3-rc1'))).toBe(true);
    expect(isSameLine(read('1.2.7'), read('1.3.3'))).toBe(false);
    expect(isSameLine(read('20.10.9'), read('21.10.9'))).toBe(false);
  });
});
