/** Differences between two Dockerfiles: base images, packages, the user, and the rest by instruction. */
import { basename } from 'node:path';
import type { Effect, Verdict } from './change';
import { imageEffect } from './images';
import { show } from './values';

/** True for the name of a Dockerfile. */
export function isDockerfile(file: string): boolean {
  return /^(?:.*\.)?dockerfile$|^dockerfile\./i.test(basename(file));
}

/** @param name what is built, for sentences */
export function* diffDockerfiles(name: string, before: string, after: string): Iterable<Verdict> {
  const [old, next] = [read(before), read(after)];
  yield* diffBases(name, old.bases, next.bases);
  yield* diffPackages(name, old.packages, next.packages);
  yield* diffUsers(name, old.user, next.user);
  if (old.stripsSetuid !== next.stripsSetuid) {
    const [effect, what]: [Effect, string] = next.stripsSetuid
      ? ['narrows', 'loses its setuid bits']
      : ['broadens', 'keeps its setuid programs'];
    const summary = `${name}: the image ${what} now`;
    yield { at: ['setuid'], before: !old.stripsSetuid, after: !next.stripsSetuid, effect, summary };
  }
  yield* diffRest(name, old.rest, next.rest);
}

interface Dockerfile {
  /** Images from elsewhere, in order. */
  readonly bases: readonly string[];
  /** `git`, `curl=8`, `@scope/agent@1.2.3`. */
  readonly packages: ReadonlySet<string>;
  /** Of the last stage; `undefined` where the base decides. */
  readonly user: string | undefined;
  readonly stripsSetuid: boolean;
  /** Every other instruction, without its packages. */
  readonly rest: readonly string[];
}

function read(text: string): Dockerfile {
  const bases: string[] = [];
  const stages = new Set<string>();
  const packages = new Set<string>();
  const rest: string[] = [];
  let user: string | undefined;
  for (const instruction of instructionsOf(text)) {
    const [, keyword = '', value = ''] = /^(\S+)\s*([^]*)$/.exec(instruction) ?? [];
    if (keyword.toUpperCase() === 'FROM') {
      const [, image = '', stage] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/i.exec(value) ?? [];
      if (!stages.has(image)) bases.push(image);
      if (stage !== undefined) stages.add(stage);
      user = undefined;
    } else if (keyword.toUpperCase() === 'USER') user = value.trim();
    else rest.push(takePackages(instruction, packages));
  }
  const stripsSetuid = /-perm\s+\S*6000[^]*chmod\s+(?:a|ug?)-s/.test(text);
  return { bases, packages, user, stripsSetuid, rest };
}

/** Lines joined where they go on; comments and empty lines left out. */
function instructionsOf(text: string): string[] {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line));
  return lines
    .join('\n')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim());
}

const INSTALL =
  /\b(?:(?:apt-get|apt|apk|dnf|npm|pip3?|yarn)\s+(?:\S+\s+)*?(?:install|add))\s+([^&|;]*)/g;

/** The instruction with its packages taken out. */
function takePackages(instruction: string, packages: Set<string>): string {
  return instruction.replace(INSTALL, (command, names: string) => {
    const words = names.split(/\s+/).filter((word) => word !== '');
    const given = words.filter((word, index) => isPackage(word, words[index - 1]));
    for (const word of given) packages.add(word);
    const options = words.filter((word) => !given.includes(word));
    return `${command.slice(0, command.length - names.length)}${options.join(' ')} `;
  });
}

/** `--prefix /opt/npm`: a path after an option is no package. */
function isPackage(word: string, previous: string | undefined): boolean {
  return !word.startsWith('-') && !(previous?.startsWith('-') === true && word.startsWith('/'));
}

function* diffBases(
  name: string,
  before: readonly string[],
  after: readonly string[],
): Iterable<Verdict> {
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    const [old, next] = [before[index], after[index]];
    if (old === next) continue;
    const effect = old === undefined || next === undefined ? 'neutral' : imageEffect(old, next);
    const lost = effect === 'broadens' ? ', which no digest pins' : '';
    const summary =
      next === undefined
        ? `${name} is no longer built from ${show(old)}`
        : `${name} is built from ${show(next)} now${lost}${old === undefined ? '' : ` (was ${show(old)})`}`;
    yield { at: ['FROM'], before: old, after: next, effect, summary };
  }
}

function* diffPackages(
  name: string,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): Iterable<Verdict> {
  for (const item of after) {
    if (before.has(item)) continue;
    const summary = `${name} has ${show(item)} installed now`;
    yield { at: ['install', item], before: undefined, after: item, effect: 'neutral', summary };
  }
  for (const item of before) {
    if (after.has(item)) continue;
    const summary = `${name} no longer has ${show(item)} installed`;
    yield { at: ['install', item], before: item, after: undefined, effect: 'neutral', summary };
  }
}

function* diffUsers(
  name: string,
  before: string | undefined,
  after: string | undefined,
): Iterable<Verdict> {
  if (before === after) return;
  const isRoot = (user: string | undefined) => /^(?:root|0)?(?::|$)/.test(user ?? '');
  const effect: Effect = isRoot(after) ? 'broadens' : isRoot(before) ? 'narrows' : 'neutral';
  const told = (user: string | undefined) =>
    user === undefined ? "its base's own user" : show(user);
  const doubt = after === undefined ? ', perhaps root' : '';
  const summary = `${name}: the image runs as ${told(after)} now${doubt} (was ${told(before)})`;
  yield { at: ['USER'], before, after, effect, summary };
}

function* diffRest(
  name: string,
  before: readonly string[],
  after: readonly string[],
): Iterable<Verdict> {
  const [old, next] = [without(before, after), without(after, before)];
  if (old.length + next.length === 0) return;
  const summary = `${name}: the image is built in another way (instructions: +${next.length} −${old.length})`;
  yield { before: old, after: next, effect: 'neutral', summary };
}

/** The lines of one text that the other has not, as often as it has not. */
export function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count === 0;
  });
}
