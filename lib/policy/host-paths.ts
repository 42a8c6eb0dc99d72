/**
 * Where a host path really points. Mount rules must not be fooled by `~`, `..`, doubled slashes
 * or symlinks, so they compare resolved paths, and take every reading of a path that Compose or
 * the kernel could take.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

export interface HostPaths {
  /** Home folder of the person who runs this. */
  readonly home: string;
  /**
   * All absolute paths that a source as written in the compose file stands for: as spelt, and with
   * symlinks followed, whether or not what they lead to exists. The first one is as spelt.
   */
  resolve(source: string): string[];
}

/** What one look at a path found: a link's target, `'missing'`, or a file or folder. */
type Look = { readonly leadsTo: string } | 'missing' | 'present';

/**
 * What was found on this host so far. Sandboxes of one synthesis share one, because they lie in
 * the same folders; a later synthesis must look again.
 */
export type HostLooks = Map<string, Look>;

/** Host paths as seen from the folder of a compose file. */
export function hostPaths(
  composeFolder: string,
  home: string = homeFolder(),
  looks: HostLooks = new Map(),
): HostPaths {
  let folder: string | undefined;
  return {
    home,
    resolve(source) {
      const expanded = source.replace(/^~(?=\/|$)/, home);
      const spelt = path.resolve(composeFolder, expanded);
      const found = new Set([spelt, followLinks(spelt, looks)]);
      if (expanded.includes('..')) {
        folder ??= followLinks(composeFolder, looks);
        // `link/..` is the parent of the link for Compose, of its target for the kernel.
        if (folder !== composeFolder || !GOES_UP_FIRST.test(expanded)) {
          const absolute = path.isAbsolute(expanded) ? expanded : `${composeFolder}/${expanded}`;
          found.add(followLinks(absolute, looks));
        }
      }
      return [...found];
    },
  };
}

/** `../../src`: from a folder without links both readings are the same. */
const GOES_UP_FIRST = /^(?:\.\.\/)*(?:\.\.$|(?!.*\.\.)[^/])/s;

let home: string | undefined;

function homeFolder(): string {
  if (home === undefined) {
    try {
      home = os.userInfo().homedir;
    } catch {
      // A user id without an entry in the user database, as in many containers.
      home = os.homedir();
    }
  }
  return home;
}

/** As many as Linux follows before it gives up. */
const MOST_LINKS = 40;

/** On Linux the folders through which a process sees its root. Not readable for everyone. */
const PROCESS_ROOT = /^\/proc\/(?:self|thread-self|\d+)(?:\/task\/\d+)?\/(?:root|cwd)$/;

/**
 * The path with every symlink in it followed, one component after the other as the kernel does.
 * Components that do not exist stay as they are, so a link to something missing is followed too.
 */
function followLinks(absolute: string, looks: HostLooks): string {
  const { root } = path.parse(absolute);
  const pending = components(absolute.slice(root.length)).reverse();
  let links = 0;
  let missing = false;
  let real = root;
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    if (part === '..') {
      real = path.dirname(real);
      missing = false;
      continue;
    }
    const next = real === root ? root + part : real + path.sep + part;
    const look: Look = missing && !next.startsWith('/proc/') ? 'missing' : lookAt(next, looks);
    if (typeof look === 'object' && links++ < MOST_LINKS) {
      const linkRoot = path.parse(look.leadsTo).root;
      if (linkRoot !== '') real = linkRoot;
      pending.push(...components(look.leadsTo.slice(linkRoot.length)).reverse());
    } else {
      missing = look === 'missing';
      real = next;
    }
  }
  return real;
}

function components(relative: string): string[] {
  const parts = path.sep === '/' ? relative.split('/') : relative.split(/[\\/]/);
  return parts.filter((part) => part !== '' && part !== '.');
}

function lookAt(absolute: string, looks: HostLooks): Look {
  let look = looks.get(absolute);
  if (look === undefined) looks.set(absolute, (look = lookAgain(absolute)));
  return look;
}

function lookAgain(absolute: string): Look {
  if (PROCESS_ROOT.test(absolute)) return { leadsTo: '/' };
  try {
    const found = fs.lstatSync(absolute, { throwIfNoEntry: false });
    if (!found) return 'missing';
    return found.isSymbolicLink() ? { leadsTo: fs.readlinkSync(absolute) } : 'present';
  } catch {
    // Not allowed to look: taken as it is spelt.
    return 'present';
  }
}
