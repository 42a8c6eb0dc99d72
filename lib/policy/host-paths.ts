/**
 * Where a bind source really points. Mount rules must not be fooled by `~`, `..`, doubled slashes
 * or symlinks, so they compare resolved paths.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

export interface HostPaths {
  /** Home folder of the person who runs this. */
  readonly home: string;
  /**
   * All absolute paths that a source as written in the compose file stands for: as spelt, and with
   * symlinks followed (as far as the path exists).
   */
  resolve(source: string): string[];
}

/** Host paths as seen from the folder of a compose file. */
export function hostPaths(composeFolder: string, home: string = os.userInfo().homedir): HostPaths {
  return {
    home,
    resolve(source) {
      const expanded = source.replace(/^~(?=\/|$)/, home);
      const spelt = path.resolve(composeFolder, expanded);
      const real = followLinks(spelt);
      return real === spelt ? [spelt] : [spelt, real];
    },
  };
}

/** Follows symlinks of the longest part of the path that exists. */
function followLinks(absolute: string): string {
  try {
    return fs.realpathSync(absolute);
  } catch {
    const parent = path.dirname(absolute);
    return parent === absolute ? absolute : path.join(followLinks(parent), path.basename(absolute));
  }
}
