import * as fc from 'fast-check';
import { compareRevisions, debianFix } from '../../lib/engine/debian-fixes';
import { judgeEscapes } from '../../lib/engine/escapes';

const ID = 'CVE-2024-21626';

describe('a fix of Debian', () => {
  test('is in its package and in later ones of the same upstream version', () => {
    const fix = '1.1.5+ds1-1+deb12u1';
    for (const version of [fix, '1.1.5+ds1-1+deb12u2', '1.1.5+ds1-1+deb12u1+b6', '1.1.5+ds1-2']) {
      expect(debianFix('runc', ID, version)).toBe(fix);
    }
  });

  test('is in no package before it, and in no version without its package', () => {
    for (const version of [
      '1.1.5+ds1-1',
      '1.1.5+ds1-1+b1',
      '1.1.5+ds1-1~deb12u9',
      '1.1.5+ds1',
      '1.1.5',
      '1.1.4+ds1-1+deb12u1',
      '1.1.15+ds1-2+b4',
      '1.1.5+ds1-1ubuntu9',
      '',
    ]) {
      expect(debianFix('runc', ID, version)).toBeUndefined();
    }
  });

  test('is only of what the package fixed', () => {
    const version = '1.6.20~ds1-1+deb12u2';
    expect(debianFix('containerd', 'CVE-2024-25621', version)).toBe(version);
    expect(debianFix('containerd', 'CVE-2025-64329', version)).toBeUndefined();
    expect(debianFix('runc', 'CVE-2024-25621', version)).toBeUndefined();
    expect(debianFix('kernel', 'CVE-2024-25621', version)).toBeUndefined();
  });

  test('makes the difference to the verdict', () => {
    const verdict = (version: string) =>
      judgeEscapes('runc', version).find(({ escape }) => escape.id === ID)!;
    expect(verdict('1.1.5+ds1-1+deb12u1')).toMatchObject({
      verdict: 'proven',
      evidence: `runc 1.1.5+ds1-1+deb12u1 has Debian's fix of ${ID}, 1.1.5+ds1-1+deb12u1`,
    });
    expect(verdict('1.1.5+ds1-1').verdict).toBe('unproven');
    expect(verdict('1.1.5').verdict).toBe('broken');
  });
});

describe("the order of Debian's revisions", () => {
  const revision = fc.stringMatching(/^[0129+~.abu]{0,8}$/);
  const compare = (one: string, other: string) => Math.sign(compareRevisions(one, other));

  test('is the one of its package manager', () => {
    const ordered = ['1~rc1', '1', '1a', '1+b1', '1+deb12u1', '1+deb12u1+b6', '1+deb12u10', '2'];
    for (const [index, one] of ordered.entries()) {
      const against = ordered.map((other) => compare(one, other));
      expect(against).toEqual(ordered.map((_, other) => Math.sign(index - other)));
    }
  });

  test('is total', () => {
    fc.assert(
      fc.property(revision, revision, revision, (one, other, third) => {
        expect(compare(one, one)).toBe(0);
        expect(compare(one, other) + compare(other, one)).toBe(0);
        const [low, , high] = [one, other, third].sort(compare);
        expect(compare(low!, high!)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
