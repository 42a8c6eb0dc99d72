import * as fc from 'fast-check';
import { ESCAPES, judgeEscapes, type Component, type Escape } from '../../lib/engine/escapes';
import { compareVersions, isSameLine, parseVersion, type Version } from '../../lib/engine/versions';

const COMPONENTS: Component[] = ['engine', 'containerd', 'runc', 'desktop', 'kernel', 'gvisor'];

const read = (version: string): Version => parseVersion(version)!;
const judge = ({ component, id }: Pick<Escape, 'component' | 'id'>, version?: string) =>
  judgeEscapes(component, version).find(({ escape }) => escape.id === id)!;
const verdictOf = (component: Component, id: string, version: string) =>
  judge({ component, id }, version).verdict;

/** The last version before it that the release line can have had. */
function before(version: string): string | undefined {
  const { numbers, stage } = read(version);
  if (stage) return stage[1] > 0 ? `${numbers.join('.')}-rc.${stage[1] - 1}` : undefined;
  const last = numbers.at(-1)!;
  if (numbers.length > 2 && last > 0) return [...numbers.slice(0, -1), last - 1].join('.');
  return `${version}-rc.1`;
}

const after = (version: string): string => {
  const { numbers, stage } = read(version);
  const text = numbers.join('.');
  return stage ? text : [...numbers.slice(0, -1), numbers.at(-1)! + 1].join('.');
};

const rows = ESCAPES.flatMap((escape) =>
  escape.fixed.map((fixed) => [`${escape.component} ${escape.id}`, fixed, escape] as const),
);

describe('the table of known escapes', () => {
  test('names every escape of a component once', () => {
    const keys = ESCAPES.map(({ component, id }) => `${component} ${id}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(ESCAPES.map(({ component }) => component))).toEqual(new Set(COMPONENTS));
  });

  test.each(ESCAPES.map((escape) => [`${escape.component} ${escape.id}`, escape] as const))(
    '%s is complete',
    (_, escape) => {
      expect(escape.id).toMatch(/^CVE-\d{4}-\d{4,}$/);
      expect(escape.title).toMatch(/^[a-z].*[^.]$/);
      expect(escape.source).toMatch(
        new RegExp(
          `^https://(?:nvd\\.nist\\.gov/vuln/detail/${escape.id}|github\\.com/[\\w/-]+/GHSA(?:-[a-z\\d]{4}){3})$`,
        ),
      );
      // Whoever is told that a wall is broken is told what it takes, where it takes anything.
      if (escape.reach !== 'inside') expect(escape.note).toMatch(/^[A-Z].*\.$/);
    },
  );

  test.each(ESCAPES.map((escape) => [`${escape.component} ${escape.id}`, escape] as const))(
    '%s has readable upstream versions, ascending, one for each line, none before the flaw',
    (_, { introduced, fixed }) => {
      const versions = fixed.map((version) => parseVersion(version));
      expect(versions.every((version) => version?.build === '')).toBe(true);
      for (const [index, version] of versions.entries()) {
        const next = versions[index + 1];
        if (!next) continue;
        expect(compareVersions(version!, next)).toBeLessThan(0);
        expect(isSameLine(version!, next)).toBe(false);
      }
      if (introduced === undefined) return;
      expect(parseVersion(introduced)?.build).toBe('');
      expect(compareVersions(read(introduced), versions[0]!)).toBeLessThan(0);
    },
  );
});

describe('each escape', () => {
  test.each(rows)('%s is closed in %s and later, and open before', (_, fixed, escape) => {
    expect(judge(escape, fixed)).toMatchObject({ verdict: 'proven', fixedIn: fixed });
    expect(judge(escape, after(fixed)).verdict).toBe('proven');
    const affected = before(fixed)!;
    expect(judge(escape, affected)).toMatchObject({ verdict: 'broken', fixedIn: fixed });
    expect(judge(escape, affected).evidence).toContain(escape.source);
  });

  test.each(rows)(
    '%s before %s is not ruled out in a build of a distribution',
    (_, fixed, escape) => {
      const { verdict, evidence } = judge(escape, `${before(fixed)!}+dfsg1`);
      expect(verdict).toBe('unproven');
      expect(evidence).toContain(`Debian's security tracker tells under ${escape.id}`);
      expect(judge(escape, `${fixed}+dfsg1`).verdict).toBe('proven');
    },
  );

  test.each(
    ESCAPES.filter(({ introduced }) => introduced).map((escape) => [escape.id, escape] as const),
  )('%s is not in what is older than the flaw, and is in its first version', (_, escape) => {
    expect(judge(escape, escape.introduced).verdict).toBe('broken');
    expect(judge(escape, '0.0.1').verdict).toBe('proven');
  });
});

describe('facts of the advisories', () => {
  test.each([
    ['runc', 'CVE-2019-5736', '1.0.0-rc6', '1.0.0-rc7'],
    ['runc', 'CVE-2021-30465', '1.0.0-rc94', '1.0.0-rc95'],
    ['runc', 'CVE-2023-27561', '1.1.4', '1.1.5'],
    ['runc', 'CVE-2024-21626', '1.1.11', '1.1.12'],
    ['runc', 'CVE-2024-45310', '1.1.13', '1.1.14'],
    ['runc', 'CVE-2024-45310', '1.2.0-rc.2', '1.2.0-rc.3'],
    ['runc', 'CVE-2025-31133', '1.1.15', '1.5.2'],
    ['runc', 'CVE-2025-31133', '1.2.7', '1.2.8'],
    ['runc', 'CVE-2025-52565', '1.3.2', '1.3.3'],
    ['runc', 'CVE-2025-52881', '1.4.0-rc.2', '1.4.0-rc.3'],
    ['engine', 'CVE-2018-15664', '18.06.1-ce', '18.09.7'],
    ['engine', 'CVE-2021-41091', '20.10.8', '20.10.9'],
    ['engine', 'CVE-2022-24769', '20.10.13', '20.10.14'],
    ['engine', 'CVE-2024-23652', '24.0.9', '25.0.2'],
    ['engine', 'CVE-2024-29018', '25.0.4', '25.0.5'],
    ['engine', 'CVE-2024-29018', '26.0.0-rc2', '26.0.0'],
    ['engine', 'CVE-2024-41110', '20.10.27', '25.0.6'],
    ['engine', 'CVE-2024-41110', '24.0.9', '26.1.5'],
    ['engine', 'CVE-2024-41110', '27.1.0', '27.1.1'],
    ['engine', 'CVE-2026-41567', '28.5.2', '29.5.1'],
    ['engine', 'CVE-2026-42306', '25.0.16', '25.0.17'],
    ['engine', 'CVE-2026-17106', '29.6.2', '29.7.0'],
    ['containerd', 'CVE-2020-15257', '1.3.8', '1.3.9'],
    ['containerd', 'CVE-2020-15257', '1.4.2', '1.4.3'],
    ['containerd', 'CVE-2024-40635', '1.6.37', '1.6.38'],
    ['containerd', 'CVE-2024-40635', '2.0.3', '2.0.4'],
    ['containerd', 'CVE-2024-25621', '1.7.28', '1.7.29'],
    ['containerd', 'CVE-2025-64329', '2.2.0-rc.1', '2.2.0'],
    ['desktop', 'CVE-2025-9074', '4.44.2', '4.44.3'],
    ['desktop', 'CVE-2025-9074', '4.25.0', '4.24.2'],
    ['kernel', 'CVE-2022-0847', '5.16.10', '5.16.11'],
    ['kernel', 'CVE-2022-0847', '5.12.19', '5.4.100'],
    ['kernel', 'CVE-2022-0185', '5.15.15', '5.15.16'],
    ['kernel', 'CVE-2022-0492', '5.10.96', '5.10.97'],
    ['kernel', 'CVE-2024-1086', '6.6.14', '6.6.15'],
    ['kernel', 'CVE-2023-3269', '6.2.16', '6.5'],
    ['kernel', 'CVE-2026-31431', '6.12.84', '6.12.85'],
    ['kernel', 'CVE-2026-31431', '6.17.13', '7.0'],
    ['gvisor', 'CVE-2026-96812', 'release-20240729.0', 'release-20261116.0'],
  ] as const)('%s: %s is in %s and not in %s', (component, id, affected, unaffected) => {
    expect(verdictOf(component, id, affected)).toBe('broken');
    expect(verdictOf(component, id, unaffected)).toBe('proven');
  });
});

describe('the builds of distributions', () => {
  test.each([
    ['engine', 'CVE-2024-41110', '20.10.24+dfsg1', "Debian's security tracker"],
    ['engine', 'CVE-2026-41567', '28.5.2+dfsg4', "Debian's security tracker"],
    ['containerd', 'CVE-2024-40635', '1.6.20~ds1', "Debian's security tracker"],
    ['runc', 'CVE-2025-31133', '1.1.5+ds1-1+deb12u1', "Debian's security tracker"],
    ['runc', 'CVE-2025-31133', '1.1.12-0ubuntu3', "Ubuntu's CVE tracker"],
    ['kernel', 'CVE-2026-31431', '6.1.0-37-amd64', "Debian's security tracker"],
    ['kernel', 'CVE-2026-31431', '5.15.0-91-generic', "Ubuntu's CVE tracker"],
    ['kernel', 'CVE-2026-31431', '6.10.14-linuxkit', "its distribution's security tracker"],
    ['gvisor', 'CVE-2026-96812', '0.0~20240729.0', "Debian's security tracker"],
  ] as const)('of %s with %s, %s, are left to a tracker', (component, id, version, tracker) => {
    const { verdict, evidence, fixedIn } = judge({ component, id }, version);
    expect(verdict).toBe('unproven');
    expect(evidence).toContain(`${component} ${version} is a distribution's build`);
    expect(evidence).toContain(`${tracker} tells under ${id}`);
    expect(evidence).toContain(fixedIn);
  });

  test('are proven by an upstream number that has the fix, or never had the flaw', () => {
    expect(verdictOf('kernel', 'CVE-2026-31431', '6.12.90+deb13-amd64')).toBe('proven');
    expect(verdictOf('runc', 'CVE-2024-21626', '1.1.12-0ubuntu3')).toBe('proven');
    expect(verdictOf('kernel', 'CVE-2022-0847', '5.4.0-150-generic')).toBe('proven');
  });

  test('of enterprise kernels are not proven by an old number: they have newer features', () => {
    expect(verdictOf('kernel', 'CVE-2022-0847', '4.18.0-348.el8.x86_64')).toBe('unproven');
    expect(verdictOf('kernel', 'CVE-2022-0847', '5.3.18-150300.59.54-default')).toBe('unproven');
  });
});

describe('the evidence', () => {
  test('of an open escape says what it lets an agent do, what closes it, and what it takes', () => {
    expect(judge({ component: 'runc', id: 'CVE-2024-21626' }, '1.1.11').evidence).toBe(
      "runc 1.1.11 has CVE-2024-21626: an agent can read and write the host's files through a file " +
        'descriptor that runc leaks. Fixed in 1.1.12, see ' +
        'https://github.com/opencontainers/runc/security/advisories/GHSA-xr7r-f8xq-vfvv. ' +
        'Takes an `exec` with a working folder that the agent can replace, or an image of its own.',
    );
  });

  test('of a closed one says why it is', () => {
    expect(judge({ component: 'runc', id: 'CVE-2025-31133' }, '1.3.4').evidence).toBe(
      'runc 1.3.4 has the fix of CVE-2025-31133, 1.3.3',
    );
    expect(judge({ component: 'engine', id: 'CVE-2019-14271' }, '18.09.9').evidence).toBe(
      'engine 18.09.9 is older than CVE-2019-14271, which came with 19.03.0',
    );
  });

  test.each([undefined, '', 'library-import', '0.0.0-20250101-abc', '\u001b[31m1.2'])(
    'of the version %j is that nothing is ruled out',
    (version) => {
      for (const component of COMPONENTS) {
        for (const { verdict, evidence, escape, fixedIn } of judgeEscapes(component, version)) {
          expect(verdict).toBe('unproven');
          expect(fixedIn).toBe(escape.fixed.join(', '));
          expect(evidence).toContain(`${escape.id} is not ruled out: fixed in ${fixedIn}`);
        }
      }
    },
  );

  test('is one printable line, and a verdict for each escape, whatever the version is', () => {
    const garbage = fc.string({
      unit: fc.constantFrom('0', '1', '.', '-', '+', ' ', 'rc', '\n', '\u001b[', '\u2028', '💥'),
    });
    const versions = fc.oneof(
      fc.string(),
      garbage,
      garbage.map((text) => `1.2.3-${text}`),
    );
    fc.assert(
      fc.property(fc.constantFrom(...COMPONENTS), versions, (component, version) => {
        const verdicts = judgeEscapes(component, version);
        const escapes = ESCAPES.filter((escape) => escape.component === component);
        expect(verdicts.map(({ escape }) => escape)).toEqual(escapes);
        for (const { evidence } of verdicts) expect(evidence).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test('never gets worse with a newer version of the same release line', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ESCAPES), fc.nat(), fc.nat(40), (escape, pick, more) => {
        const { numbers } = read(escape.fixed[pick % escape.fixed.length]!);
        const newer = [numbers[0]!, numbers[1] ?? 0, (numbers[2] ?? 0) + more].join('.');
        expect(judge(escape, newer).verdict).toBe('proven');
      }),
    );
  });
});
