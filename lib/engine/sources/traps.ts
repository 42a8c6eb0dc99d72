/**
 * What an agent can leave in an output folder for somebody on the host to step into: links that lead
 * out of it, second names of files outside, devices, sockets, and programs that run as somebody else.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isInside } from '../../core/inside';
import { hasCode } from '../../assembly/io-error';

export interface Traps {
  /** What was found, and why it is one; sorted. */
  readonly found: readonly string[];
  /** Bytes of all files seen. */
  readonly bytes: number;
  /** False when there were too many files to look at all. */
  readonly isWhole: boolean;
}

const MOST_FILES = 200_000;
/** It was removed, or became another kind of file, since it was listed. */
const GONE = ['ENOENT', 'ENOTDIR', 'EINVAL'];

/** Looks, and follows nothing. */
export function findTraps(root: string): Traps {
  const walk = new Walk(root);
  const isWhole = walk.run();
  return { found: [...walk.found, ...walk.outerNames(isWhole)].sort(), bytes: walk.bytes, isWhole };
}

class Walk {
  readonly found: string[] = [];
  bytes = 0;
  private files = 0;
  private readonly names = new Map<number, { file: string; seen: number; all: number }>();

  constructor(private readonly root: string) {}

  /** False when it gave up, for there was too much. */
  run(): boolean {
    const folders = [''];
    for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
      for (const name of this.entriesOf(at)) {
        if (++this.files > MOST_FILES) return false;
        const file = at === '' ? name : `${at}/${name}`;
        this.unlessClosed(file, () => {
          const status = fs.lstatSync(path.join(this.root, file));
          if (status.isDirectory()) folders.push(file);
          else this.lookAt(file, status);
        });
      }
    }
    return true;
  }

  /** Files with more names than were seen; without all of the folder nobody can tell. */
  outerNames(isWhole: boolean): string[] {
    if (!isWhole) return [];
    return [...this.names.values()]
      .filter(({ seen, all }) => seen < all)
      .map(({ file }) => `${file}: another name of a file outside`);
  }

  private entriesOf(folder: string): readonly string[] {
    return this.unlessClosed(folder, () => fs.readdirSync(path.join(this.root, folder))) ?? [];
  }

  /** What the agent closed to its reader may hold anything. What just went away holds nothing. */
  private unlessClosed<T>(file: string, look: () => T): T | undefined {
    try {
      return look();
    } catch (error) {
      const isGone = GONE.some((code) => hasCode(error, code));
      if (!isGone) this.found.push(`${file || '.'}: cannot be looked at`);
      return undefined;
    }
  }

  private lookAt(file: string, status: fs.Stats): void {
    this.bytes += status.size;
    const trap = trapOf(this.root, file, status);
    if (trap !== undefined) this.found.push(`${file}: ${trap}`);
    if (!status.isFile() || status.nlink === 1) return;
    const seen = (this.names.get(status.ino)?.seen ?? 0) + 1;
    this.names.set(status.ino, { file, seen, all: status.nlink });
  }
}

function trapOf(root: string, file: string, status: fs.Stats): string | undefined {
  if (status.isSymbolicLink()) return leadsOut(root, file);
  if (status.isBlockDevice() || status.isCharacterDevice()) return 'a device';
  if (status.isSocket()) return 'a socket';
  if (status.isFIFO()) return 'a named pipe';
  return status.isFile() && status.mode & 0o6000
    ? 'runs as its owner (setuid or setgid)'
    : undefined;
}

/**
 * As the host would follow it, and only by its text: what it leads to may change at any time. A `..`
 * behind a name may go up from somewhere else, for the name may be a link too.
 */
function leadsOut(root: string, file: string): string | undefined {
  const target = fs.readlinkSync(path.join(root, file));
  const to = path.resolve(root, path.dirname(file), target);
  const names = target.split('/').filter((name) => name !== '' && name !== '.');
  const firstName = names.findIndex((name) => name !== '..');
  const isStraight = firstName < 0 || names.lastIndexOf('..') < firstName;
  const staysInside = !path.isAbsolute(target) && isInside(to, root);
  return isStraight && staysInside ? undefined : `a link to ${target}`;
}
