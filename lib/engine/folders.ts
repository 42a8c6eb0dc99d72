/** The folders on the host that a sandbox writes to: there before it starts, and the person's own. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { systemReason } from '../assembly/io-error';
import type { OutputSandbox } from '../assembly/read';
import { isInside } from '../core/inside';
import { realFolder } from './deployment';
import { writableBinds, type DescribedSandbox } from './described';
import type { Person } from './person';

/**
 * Makes the output folders that lie in the sandbox's own folder, never through a symlink: an agent
 * can plant one there. Gives what is wrong, with what to do about it.
 */
export function prepareFolders(
  sandbox: OutputSandbox,
  described: DescribedSandbox,
  person: Person,
): readonly string[] {
  const root = realFolder(sandbox.folder);
  return writableSources(described).flatMap((source) => {
    const problem =
      source !== root && isInside(source, root)
        ? tryToMake(root, path.relative(root, source), person)
        : problemOfOwner(source, person);
    return problem === undefined ? [] : [problem];
  });
}

/** Bind sources that a service can write to. */
export function writableSources({ services }: DescribedSandbox): readonly string[] {
  return [...new Set(Object.values(services).flatMap(writableBinds))].sort();
}

function tryToMake(root: string, own: string, person: Person): string | undefined {
  try {
    return makeOwnFolder(root, own, person);
  } catch (error) {
    return `the output folder ${path.join(root, own)} cannot be made: ${systemReason(error)}`;
  }
}

function makeOwnFolder(root: string, own: string, person: Person): string | undefined {
  let at = root;
  for (const part of own.split(path.sep)) {
    at = path.join(at, part);
    const status = fs.lstatSync(at, { throwIfNoEntry: false });
    if (!status) makeFolder(at, person);
    else if (!status.isDirectory()) {
      return `${at} is ${status.isSymbolicLink() ? 'a symlink' : 'no folder'}: remove it, a folder belongs there`;
    }
  }
  return giveTo(at, person);
}

function makeFolder(folder: string, person: Person): void {
  fs.mkdirSync(folder, { mode: 0o755 });
  if (isRoot()) fs.lchownSync(folder, person.uid, person.gid);
}

function giveTo(folder: string, person: Person): string | undefined {
  const problem = problemOfOwner(folder, person);
  if (problem === undefined || !isRoot()) return problem;
  fs.lchownSync(folder, person.uid, person.gid);
  return undefined;
}

/** `undefined` when the person can write there. */
function problemOfOwner(folder: string, { uid, gid }: Person): string | undefined {
  const status = fs.statSync(folder, { throwIfNoEntry: false });
  if (!status) return undefined; // a missing source is told with the other sources
  const { mode } = status;
  const mayWrite =
    (status.uid === uid && mode & 0o200) || (status.gid === gid && mode & 0o020) || mode & 0o002;
  return mayWrite
    ? undefined
    : `${folder} belongs to uid ${status.uid}, and the sandbox runs as uid ${uid}: sudo chown ${uid}:${gid} ${folder}`;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
