/**
 * Versions of engines, runtimes and kernels as they are found in the wild, read and compared:
 * `1.4.0-rc.3`, `1.0.0~rc93+ds1-5`, `18.06.1-ce`, `6.1.0-37-amd64`, `release-20240729.0`,
 * `Docker Desktop 4.44.3 (202357)`.
 */

/** The number that upstream gave, and what somebody else wrote behind it. */
export interface Version {
  readonly numbers: readonly number[];
  /** Where it is a pre-release: rank of `dev`, `alpha`, `beta` or `rc`, and its own number. */
  readonly stage?: readonly [rank: number, number: number];
  /** Not empty where it is another's build of it: `+ds1-1+deb12u1`, `-generic`. */
  readonly build: string;
}

const STAGES = ['dev', 'alpha', 'beta', 'rc'];

// Numbers of at most nine digits, so that each is exact; `-ce` was Docker's own name for a release.
const VERSION =
  /^(?:v|release-|docker desktop )?(0\.0~)?(\d{1,9}(?:\.\d{1,9}){0,3})(?:-[ce]e)?(?:[-~.]?(dev|alpha|beta|rc)(?:[-.]?(\d{1,9}))?)?((?:(?!\.\d)[^a-z\d].*)?)$/is;

/** `undefined` for what is no version that could be compared. */
export function parseVersion(text: string): Version | undefined {
  const [, debian = '', digits = '', stage, number = '0', rest = ''] =
    VERSION.exec(text.trim()) ?? [];
  const numbers = digits.split('.').map(Number);
  // 0.0.0 is what builds call themselves that know no version.
  if (digits === '' || numbers.every((part) => part === 0)) return undefined;
  const build = debian + (BUILD_NUMBER.test(rest) ? '' : rest);
  if (stage === undefined) return { numbers, build };
  return { numbers, stage: [STAGES.indexOf(stage.toLowerCase()), Number(number)], build };
}

// Docker Desktop names its own build in brackets.
const BUILD_NUMBER = /^\s*\(\d+\)$/;

/** Negative, zero or positive, by what upstream numbered; builds of one version are equal. */
export function compareVersions(one: Version, other: Version): number {
  return compareNumbers(one, other) || compareStages(one.stage, other.stage);
}

/** The same without regard to pre-releases: 5.8-rc1 is 5.8. */
export function compareNumbers(one: Version, other: Version): number {
  const length = Math.max(one.numbers.length, other.numbers.length);
  for (let index = 0; index < length; index++) {
    const difference = part(one, index) - part(other, index);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A release comes after all its pre-releases. */
function compareStages(one: Version['stage'], other: Version['stage']): number {
  if (!one || !other) return Number(!one) - Number(!other);
  return one[0] - other[0] || one[1] - other[1];
}

/** Whether fixes of the one line come as patch releases to the other: 1.2.7 and 1.2.8. */
export function isSameLine(one: Version, other: Version): boolean {
  return part(one, 0) === part(other, 0) && part(one, 1) === part(other, 1);
}

function part(version: Version, index: number): number {
  return version.numbers[index] ?? 0;
}
