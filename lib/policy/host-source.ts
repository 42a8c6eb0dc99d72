/** A path of the host that a document refers to: what it may mean, and the verdict on it. */
import { EnvRef } from '../core/env-ref';
import { canonicalPath, HOME, isInHome, isWindowsPath } from './canonical-path';
import { classifyPath, worse, type PathVerdict } from './classify-path';
import type { HostPaths } from './host-paths';
import { readingsOf, UNKNOWN } from './interpolate';
import { show } from './values';

export interface HostSource {
  /** The value as it stands in the document. */
  readonly value: unknown;
  /** As a message shows it. */
  readonly shown: string;
  /** True when a variable decides, so that the verdict holds for its default only. */
  readonly fromEnvironment: boolean;
  /** True for an absolute path or one in a home folder. */
  readonly absolute: boolean;
  /** Absolute paths of this host that it stands for; the last one has every symlink followed. */
  readonly resolved: readonly string[];
  readonly verdict: PathVerdict | undefined;
}

/** Reads a source as a path. `readings` are the texts that Compose may see. */
export function hostSource(
  value: unknown,
  paths: HostPaths,
  readings: readonly string[] = readingsOf(value),
): HostSource {
  const resolved: string[] = [];
  let verdict: PathVerdict | undefined;
  for (const reading of readings) {
    verdict = worse(verdict, verdictOn(reading, paths, resolved));
  }
  return {
    value,
    shown: show(value),
    fromEnvironment: EnvRef.is(value),
    absolute: readings.some(
      (text) => text.startsWith('/') || isInHome(text) || isWindowsPath(text),
    ),
    resolved,
    verdict,
  };
}

function verdictOn(text: string, paths: HostPaths, resolved: string[]): PathVerdict | undefined {
  if (text.startsWith(UNKNOWN)) return verdictOnRest(text.slice(UNKNOWN.length));
  if (isWindowsPath(text)) return classifyPath(canonicalPath(text));
  let verdict = isInHome(text) ? classifyPath(canonicalPath(text)) : undefined;
  for (const absolute of paths.resolve(text)) {
    resolved.push(absolute);
    verdict = worse(verdict, verdictOnAbsolute(absolute, paths.home));
  }
  return verdict;
}

function verdictOnAbsolute(absolute: string, home: string): PathVerdict | undefined {
  const parts = canonicalPath(absolute);
  const homeParts = canonicalHome(home);
  const shared = Math.min(parts.length, homeParts.length);
  for (let index = 0; index < shared; index++) {
    if (parts[index] !== homeParts[index]) return classifyPath(parts);
  }
  if (parts.length >= homeParts.length) {
    return worse(classifyPath(parts), classifyPath([HOME, ...parts.slice(homeParts.length)]));
  }
  const containsHome = { kind: 'home', relation: 'contains', place: HOME } as const;
  return worse(classifyPath(parts), { ...containsHome, what: 'a home folder' });
}

/** `${ANY}/.ssh` is a credential folder wherever it lies; a mere parent of one may be anything. */
function verdictOnRest(rest: string): PathVerdict | undefined {
  if (!rest.startsWith('/')) return undefined;
  const inHome = classifyPath(canonicalPath(`${HOME}${rest}`));
  const atRoot = classifyPath(canonicalPath(rest));
  return worse(onlyItself(inHome), onlyItself(atRoot));
}

function onlyItself(verdict: PathVerdict | undefined): PathVerdict | undefined {
  const decided = ['engine-socket', 'credentials', 'session-socket'].includes(verdict?.kind ?? '');
  return decided && verdict?.relation !== 'contains' ? verdict : undefined;
}

let lastHome: { readonly home: string; readonly parts: readonly string[] } | undefined;

/** The home folder's components; it is the same one all the time. */
function canonicalHome(home: string): readonly string[] {
  if (lastHome?.home !== home) lastHome = { home, parts: canonicalPath(home) };
  return lastHome.parts;
}
