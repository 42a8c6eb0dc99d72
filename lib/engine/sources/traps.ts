/**
 * What an agent can leave in an output folder for somebody on the host to step into: links that lead
 * out of it, second names of files outside, devices, sockets, and programs that run as somebody else.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';

export interface Traps {
  /** What was found, and why it is one; sorted. */
  readonly found: readonly string[];
  /** Bytes of all files seen. */
  readonly bytes: number;
  /** False when there were too many files to look at all. */
  readonly isWhole: boolean;
}

const MOST_FILES = 200_000;

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
      for (const name of entriesOf(path.join(this.root, at))) {
        if (++this.files > MOST_FILES) return false;
        const file = at === '' ? name : `${at}/${name}`;
        const status = fs.lstatSync(path.join(this.root, file), { throwIfNoEntry: false });
        if (status?.isDirectory()) folders.push(file);
        else if (status) this.lookAt(file, status);
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

  private lookAt(file: string, status: fs.Stats): void {
    this.bytes += status.size;
    const trap = trapOf(this.root, file, status);
    if (trap !== undefined) this.found.push(`${file}: ${trap}`);
    if (!status.isFile() || status.nlink === 1) return;
    const seen = (this.names.get(status.ino)?.seen ?? 0) + 1;
    this.names.set(status.ino, { file, seen, all: status.nlink });
  }
}

function entriesOf(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
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

/** As the host would follow it, and only by its text: what it leads to may change at any time. */
function leadsOut(root: string, file: string): string | undefined {
  const target = fs.readlinkSync(path.join(root, file));
  const to = path.resolve(root, path.dirname(file), target);
  const isInside = !path.isAbsolute(target) && (to === root || to.startsWith(root + path.sep));
  return isInside ? undefined : `a link to ${target}`;
}
