/**
 * One spelling for all the ways to write a host path. Folders that are known under two names
 * (`/var/run` and `/run`, `/private/etc` and `/etc`, `/proc/1/root` and `/`, `C:\Users` and
 * `/mnt/c/Users`) become one, and letters compare as they do on macOS and Windows, so that a
 * verdict does not depend on the machine that gives it.
 */

/** First component of a path on a Windows drive. */
const DRIVE = '<drive>';
/** First component of a path in somebody's home folder, wherever that is. */
export const HOME = '~';

/** A path that starts at a Windows drive, share or pipe. */
const WINDOWS = /^(?:[a-z]:(?:[\\/]|$)|\\\\|\/\/[.?]\/)/i;
/** A path that starts in a home folder: Compose expands `~`, a shell the others. */
const IN_HOME = /^(?:~[^/\\]*|\$HOME|\$\{HOME\}|%USERPROFILE%)(?=[/\\]|$)/i;

export function isWindowsPath(text: string): boolean {
  return WINDOWS.test(text);
}

export function isInHome(text: string): boolean {
  return IN_HOME.test(text);
}

/** The components of an absolute path, a Windows path or a path in a home folder. */
export function canonicalPath(text: string): readonly string[] {
  const home = IN_HOME.exec(text);
  if (home) return inHome(fold(text.slice(home[0].length)));
  return withoutAliases(fold(text), isWindowsPath(text));
}

/** `~/..` is where homes are kept, `~/../..` the root; beside a home is another home. */
function inHome(rest: string): readonly string[] {
  const parts: string[] = [];
  let above = 0;
  for (const part of rest.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) above++;
  }
  if (above === 0) return [HOME, ...parts];
  return withoutAliases([above === 1 ? 'home' : '', ...parts].join('/'), false);
}

function withoutAliases(text: string, windows: boolean): readonly string[] {
  const parts: string[] = [];
  for (const part of text.split(windows ? /[\\/]/ : '/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    // Windows ignores dots and spaces at the end of a name.
    else parts.push(windows ? part.replace(/[. ]+$/, '') || part : part);
    collapse(parts, windows);
  }
  return parts;
}

type Alias = readonly [path: readonly string[], meaning: readonly string[]];

const PROCESS = '<process>';
const LETTER = '<letter>';
const ANY = '*';

/** Other names of the same folder, by their last component. */
const ALIASES: Readonly<Record<string, readonly Alias[]>> = {
  root: [
    [['proc', PROCESS, 'root'], []],
    [['proc', PROCESS, 'task', ANY, 'root'], []],
  ],
  cwd: [
    [['proc', PROCESS, 'cwd'], []],
    [['proc', PROCESS, 'task', ANY, 'cwd'], []],
  ],
  run: [[['var', 'run'], ['run']]],
  etc: [[['private', 'etc'], ['etc']]],
  var: [[['private', 'var'], ['var']]],
  tmp: [[['private', 'tmp'], ['tmp']]],
  roothome: [[['var', 'roothome'], ['root']]],
  data: [[['system', 'volumes', 'data'], []]],
  'macintosh hd': [[['volumes', 'macintosh hd'], []]],
  sysroot: [[['sysroot'], []]],
  host_mnt: [[['host_mnt'], []]],
  host: [
    [['run', 'host'], []],
    [['run', 'desktop', 'mnt', 'host'], []],
  ],
  users: [
    [
      [LETTER, 'users'],
      [DRIVE, 'users'],
    ],
  ],
  windows: [
    [
      [LETTER, 'windows'],
      [DRIVE, 'windows'],
    ],
  ],
  programdata: [
    [
      [LETTER, 'programdata'],
      [DRIVE, 'programdata'],
    ],
  ],
};

/** `C:`, and how shells, WSL and Docker Desktop spell it. */
const DRIVES: readonly Alias[] = [
  [['c'], [DRIVE]],
  [['mnt', LETTER], [DRIVE]],
  [['mnt', 'host', LETTER], [DRIVE]],
];
const WINDOWS_DRIVE = /^[a-z][:$]$/;

/** Replaces the components by their canonical ones when they are, as a whole, an alias. */
function collapse(parts: string[], windows: boolean): void {
  const last = parts.at(-1);
  if (last === undefined || parts[0] === DRIVE) return;
  if (windows && WINDOWS_DRIVE.test(last)) {
    parts.splice(0, parts.length, DRIVE);
    return;
  }
  // \\wsl$\Ubuntu\home is /home of that system.
  if (windows && parts.length === 2 && /^wsl(?:\$|\.localhost)$/.test(parts[0]!)) {
    parts.length = 0;
    return;
  }
  const aliases = last.length === 1 ? DRIVES : Object.hasOwn(ALIASES, last) ? ALIASES[last]! : [];
  const alias = aliases.find(([path]) => isAlias(path, parts));
  if (alias) parts.splice(0, parts.length, ...alias[1]);
}

function isAlias(path: readonly string[], parts: readonly string[]): boolean {
  return (
    path.length === parts.length &&
    path.every((expected, index) => {
      const part = parts[index]!;
      if (expected === ANY) return true;
      if (expected === LETTER) return /^[a-z]$/.test(part);
      if (expected === PROCESS) return /^(?:self|thread-self|\d+)$/.test(part);
      return expected === part;
    })
  );
}

const ASCII = /^[\0-\x7f]*$/;
/** Characters that HFS+ ignores in names. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** The text as a file system that ignores case compares it. */
function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.replace(IGNORED, '').normalize('NFKC').toUpperCase().toLowerCase();
}
