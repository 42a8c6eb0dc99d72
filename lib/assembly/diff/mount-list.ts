/** Mounts in one form, whether they were written in the short syntax, the long one or as tmpfs. */
import * as path from 'node:path';
import { isObject } from '../../core/is-object';
import { isTrue } from '../../policy/values';
import { get, listOf, splitOutside, textOf, type Plain } from './values';

export interface MountValue {
  readonly type: string;
  readonly source: string;
  readonly readOnly: boolean;
  /** Settings of the long syntax besides those. */
  readonly rest: Plain;
}

/** Entries of `volumes` by target. */
export function volumesOf(value: unknown): Map<string, MountValue> {
  return new Map(listOf(value).map((item) => (isObject(item) ? longForm(item) : shortForm(item))));
}

function longForm(volume: Plain): [string, MountValue] {
  const { type, source, target, read_only: readOnly, ...rest } = volume;
  return [
    normalize(textOf(target)),
    {
      type: textOf(type ?? 'volume'),
      source: textOf(source ?? ''),
      readOnly: isTrue(readOnly),
      rest,
    },
  ];
}

/** `SOURCE:TARGET:MODE`, `SOURCE:TARGET`, or `TARGET` alone for a new volume. */
function shortForm(item: unknown): [string, MountValue] {
  const [first = '', second, mode = ''] = splitOutside(textOf(item), ':');
  const source = second === undefined ? '' : first;
  const type = /^[./~]|^\$/.test(source) ? 'bind' : 'volume';
  const readOnly = mode.split(',').includes('ro');
  // The short syntax makes a missing source, as the engine does by itself.
  return [normalize(second ?? first), { type, source, readOnly, rest: {} }];
}

export interface TmpfsValue {
  readonly size: string | undefined;
  readonly inodes: string | undefined;
  /** What may be done there: `write`, and what the engine forbids by itself: `exec`, `suid`, `dev`. */
  readonly allowed: ReadonlySet<string>;
  readonly readOnly: boolean;
  readonly text: string;
}

/** Entries of `tmpfs` by target. */
export function tmpfsOf(value: unknown): Map<string, TmpfsValue> {
  return new Map(
    listOf(value).map((item) => {
      const [target = '', ...rest] = splitOutside(textOf(item), ':');
      return [normalize(target), tmpfsOptions(rest.join(':'))];
    }),
  );
}

export function tmpfsOptions(text: string): TmpfsValue {
  const options = splitOutside(text, ',').map((option) => option.trim());
  const setting = (key: string) =>
    options.findLast((option) => option.startsWith(`${key}=`))?.slice(key.length + 1);
  const readOnly = options.lastIndexOf('ro') > options.lastIndexOf('rw');
  const allowed = new Set(
    ['exec', 'suid', 'dev'].filter((key) => {
      return options.lastIndexOf(key) > options.lastIndexOf(`no${key}`);
    }),
  );
  if (!readOnly) allowed.add('write');
  return { size: setting('size'), inodes: setting('nr_inodes'), allowed, readOnly, text };
}

/** Every target of a service, with what may be done there. */
export function targetsOf(service: Plain): Map<string, { readOnly: boolean }> {
  return new Map<string, { readOnly: boolean }>([
    ...tmpfsOf(get(service, 'tmpfs')),
    ...volumesOf(get(service, 'volumes')),
  ]);
}

/** The nearest of the targets above a target. */
export function targetAbove(targets: Iterable<string>, target: string): string | undefined {
  let nearest: string | undefined;
  for (const candidate of targets) {
    if (!isBelow(target, candidate)) continue;
    if (nearest === undefined || candidate.length > nearest.length) nearest = candidate;
  }
  return nearest;
}

function isBelow(target: string, folder: string): boolean {
  return target !== folder && target.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** True when the first path is the second one's parent, or further above. */
export function isAbove(one: string, other: string): boolean {
  if (path.posix.isAbsolute(one) !== path.posix.isAbsolute(other)) return false;
  const [above, below] = [one, other].map((each) => path.posix.resolve(SOMEWHERE_DEEP, each));
  return isBelow(below!, above!);
}

/** Relative paths are compared from here: no real `..` leads out of it. */
const SOMEWHERE_DEEP = '/x'.repeat(100);

function normalize(target: string): string {
  return target.startsWith('/') ? path.posix.normalize(target).replace(/(.)\/$/, '$1') : target;
}
