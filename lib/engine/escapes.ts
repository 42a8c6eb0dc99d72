/**
 * Known ways out of a container, and which of them a version of the engine, of a part of it or of
 * the kernel leaves open. The table knows what was published when it was last brought up to date.
 */
import { quote } from '../core/quote';
import { debianFix } from './debian-fixes';
import { CONTAINERD_ESCAPES } from './known-escapes/containerd';
import { DESKTOP_ESCAPES } from './known-escapes/desktop';
import { ENGINE_ESCAPES } from './known-escapes/engine';
import type { Component, Escape } from './known-escapes/escape';
import { GVISOR_ESCAPES } from './known-escapes/gvisor';
import { KERNEL_ESCAPES } from './known-escapes/kernel';
import { RUNC_ESCAPES } from './known-escapes/runc';
import { broken, proven, unproven, type Judgement } from './verdict';
import {
  compareNumbers,
  compareVersions,
  isSameLine,
  parseVersion,
  type Version,
} from './versions';

export type { Component, Escape, Reach } from './known-escapes/escape';

export const ESCAPES: readonly Escape[] = [
  ...ENGINE_ESCAPES,
  ...CONTAINERD_ESCAPES,
  ...RUNC_ESCAPES,
  ...DESKTOP_ESCAPES,
  ...KERNEL_ESCAPES,
  ...GVISOR_ESCAPES,
];

export interface EscapeVerdict extends Judgement {
  readonly escape: Escape;
  /** The nearest version that has the fix; all of them where the version could not be read. */
  readonly fixedIn: string;
}

/** One verdict for each known escape of the component, in the order of the table. Never throws. */
export function judgeEscapes(
  component: Component,
  version: string | undefined,
): readonly EscapeVerdict[] {
  const parsed = version === undefined ? undefined : parseVersion(version);
  return ESCAPES.filter((escape) => escape.component === component).map((escape) => {
    if (version === undefined || !parsed) return unread(escape, version);
    const fixedIn = nearestFix(parsed, escape);
    return { escape, fixedIn, ...judge(escape, version.trim(), parsed, fixedIn) };
  });
}

function unread(escape: Escape, version: string | undefined): EscapeVerdict {
  const fixedIn = escape.fixed.join(', ');
  const what =
    version === undefined
      ? `no version of ${escape.component} is known`
      : `${quote(version.slice(0, 80))} is no version of ${escape.component} that can be compared`;
  const evidence = `${what}, so ${escape.id} is not ruled out: fixed in ${fixedIn}`;
  return { escape, fixedIn, ...unproven(evidence) };
}

function judge(escape: Escape, text: string, version: Version, fixedIn: string): Judgement {
  const named = `${escape.component} ${plain(text)}`;
  if (hasFix(version, escape)) return proven(`${named} has the fix of ${escape.id}, ${fixedIn}`);
  if (isOlder(version, escape)) {
    return proven(`${named} is older than ${escape.id}, which came with ${escape.introduced!}`);
  }
  const packaged = debianFix(escape.component, escape.id, text);
  if (packaged !== undefined)
    return proven(`${named} has Debian's fix of ${escape.id}, ${packaged}`);
  if (version.build !== '') return unproven(`${named} ${othersBuild(escape, text, fixedIn)}`);
  const note = escape.note === undefined ? '' : ` ${escape.note}`;
  return broken(
    `${named} has ${escape.id}: an agent can ${escape.title}. Fixed in ${fixedIn}, see ${escape.source}.${note}`,
  );
}

/** Fixed in its own release line, or newer than every line that had to be fixed. */
function hasFix(version: Version, escape: Escape): boolean {
  const fixes = escape.fixed.map(read);
  const own = fixes.find((fix) => isSameLine(fix, version)) ?? fixes.at(-1)!;
  return compareVersions(version, own) >= 0;
}

/** Pre-releases of the first affected version have the flaw too. */
function isOlder(version: Version, { component, introduced }: Escape): boolean {
  if (introduced === undefined) return false;
  // Such kernels have an old number and the new features, and their flaws, of later ones.
  if (component === 'kernel' && ENTERPRISE_KERNEL.test(version.build)) return false;
  const first = read(introduced);
  return (first.stage ? compareVersions(version, first) : compareNumbers(version, first)) < 0;
}

const ENTERPRISE_KERNEL = /\.el\d|-default$/;

function nearestFix(version: Version, { fixed }: Escape): string {
  const own = fixed.find((fix) => isSameLine(read(fix), version));
  return own ?? fixed.find((fix) => compareVersions(read(fix), version) > 0) ?? fixed.at(-1)!;
}

/** Distributions bring fixes to old versions and leave upstream's number as it is. */
function othersBuild({ id, title }: Escape, text: string, fixedIn: string): string {
  return (
    `is a distribution's build of a version that has ${id} upstream: an agent can ${title}. ` +
    `Upstream fixed it in ${fixedIn}; whether this build has the fix, ${tracker(text)} tells under ${id}`
  );
}

/** Where a distribution says which of its builds have a fix. */
function tracker(text: string): string {
  if (UBUNTU.test(text)) return "Ubuntu's CVE tracker";
  return DEBIAN.test(text) ? "Debian's security tracker" : "its distribution's security tracker";
}

const UBUNTU = /ubuntu|-(?:generic|lowlatency)$/;
const DEBIAN = /deb\d|dfsg|[+~]ds\d|-(?:amd64|arm64)$|^0\.0~/;

/** Versions of the table are readable; a test sees to it. */
function read(version: string): Version {
  return parseVersion(version)!;
}

function plain(text: string): string {
  return /^[\w.+~:() -]{1,80}$/.test(text) ? text : quote(text.slice(0, 80));
}
