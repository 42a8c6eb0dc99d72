/**
 * Fixes that Debian 12 and 13 brought to older versions, by their packages' own changelogs. The
 * engine reports such versions for containerd and runc as their commits: `1.1.5+ds1-1+deb12u1`.
 */
import type { Component } from './known-escapes/escape';

/** A package version, and what it fixed that the version before it had. */
type Fixes = readonly [version: string, fixed: readonly string[]];

const FIXES: Partial<Record<Component, readonly Fixes[]>> = {
  engine: [
    ['20.10.24+dfsg1-1+deb12u1', ['CVE-2024-41110']],
    ['26.1.5+dfsg1-9+deb13u1', ['CVE-2026-41568', 'CVE-2026-42306']],
  ],
  containerd: [
    ['1.6.20~ds1-1+deb12u2', ['CVE-2024-25621', 'CVE-2024-40635']],
    ['1.6.20~ds1-1+deb12u3', ['CVE-2025-64329']],
    ['1.7.24~ds1-6', ['CVE-2024-40635']],
    ['1.7.24~ds1-6+deb13u1', ['CVE-2024-25621', 'CVE-2025-64329']],
  ],
  runc: [['1.1.5+ds1-1+deb12u1', ['CVE-2024-21626']]],
};

/** The package version that fixed it, where this is a package at least as new of the same upstream. */
export function debianFix(component: Component, id: string, version: string): string | undefined {
  const found = splitPackage(version);
  if (!found) return undefined;
  const isFix = ([candidate, fixed]: Fixes): boolean => {
    const [upstream, revision] = splitPackage(candidate)!;
    return fixed.includes(id) && upstream === found[0] && compareRevisions(found[1], revision) >= 0;
  };
  return FIXES[component]?.find(isFix)?.[0];
}

/** `1.1.5+ds1-1+deb12u1` is `1.1.5+ds1`, packaged as `1+deb12u1`. Other distributions count otherwise. */
function splitPackage(version: string): [upstream: string, revision: string] | undefined {
  const [, upstream, revision] = /^(\S+)-(\d[\w.+~]*)$/.exec(version.trim()) ?? [];
  if (upstream === undefined || revision === undefined || /ubuntu/i.test(revision))
    return undefined;
  return [upstream, revision];
}

/**
 * Orders the part of a package version that Debian gives, as its package manager does: by turns text
 * and number, where `~` comes before the end, letters after it, and all else after letters.
 */
export function compareRevisions(one: string, other: string): number {
  const [left, right] = [pairs(one), pairs(other)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [text, number] = left[index] ?? END;
    const [otherText, otherNumber] = right[index] ?? END;
    const difference = compareTexts(text, otherText) || number - otherNumber;
    if (difference !== 0) return difference;
  }
  return 0;
}

type Pair = readonly [text: string, number: number];

const END: Pair = ['', 0];

function pairs(revision: string): Pair[] {
  const found = revision.matchAll(/(\D*)(\d*)/g);
  return Array.from(found, ([, text = '', number = '']) => [text, Number(number)]);
}

function compareTexts(one: string, other: string): number {
  for (let index = 0; index < Math.max(one.length, other.length); index++) {
    const difference = weight(one[index]) - weight(other[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function weight(char: string | undefined): number {
  if (char === undefined) return 0;
  if (char === '~') return -1;
  const code = char.charCodeAt(0);
  return /[a-z]/i.test(char) ? code : code + 0x10000;
}
