/**
 * What a write has to change, worked out completely before anything is changed. Everything that would
 * lose somebody's work is found here, all of it at once.
 */
import type { SandboxAssembly } from './assembly';
import { own, sha256, type Manifest } from './manifest';
import { refuseBlocked, refuseLosses } from './obstacles';
import type { OutputTree } from './output-tree';
import type { Ownership } from './ownership';
import { hashOfSeed, isSeed } from './seed';

export interface FileWrite {
  /** Relative to the output folder. */
  readonly file: string;
  readonly content: string;
  readonly hash: string;
  /** Hash of what stands there now; `undefined` when nothing does. */
  readonly found: string | undefined;
}

export interface FileRemoval {
  readonly file: string;
  readonly found: string;
}

export interface Plan {
  readonly writes: readonly FileWrite[];
  readonly removals: readonly FileRemoval[];
  /** How many files stay as they are. */
  readonly unchanged: number;
}

/** What must be there afterwards. */
export interface Wanted {
  readonly sandboxes: readonly SandboxAssembly[];
  /** For the hashes of their files. */
  readonly manifest: Manifest;
}

/**
 * @param overwrite replace and remove generated files even if they were edited, and replace others
 * @throws OutputError OUTPUT_EDITED, OUTPUT_FOREIGN or OUTPUT_UNSAFE, naming every file in the way
 */
export function makePlan(
  wanted: Wanted,
  tree: OutputTree,
  ownership: Ownership,
  overwrite: boolean,
): Plan {
  const stale = findStale(wanted, tree, ownership);
  const isOurs = ({ file, found }: Found) => ownership.isOurs(file, found);
  const removals = overwrite ? stale : stale.filter(isOurs);
  const { writes, unchanged } = planWrites(wanted, tree, ownership, removals);
  if (!overwrite) {
    const lost = [...stale, ...writes.filter(replacesOther)].filter((one) => !isOurs(one));
    refuseLosses(
      tree,
      lost.filter(({ file }) => ownership.knows(file)).map(({ file }) => file),
      lost.filter(({ file }) => !ownership.knows(file)).map(({ file }) => file),
    );
  }
  refuseBlocked(tree, writes, removals);
  return { writes, removals, unchanged };
}

interface Found {
  readonly file: string;
  readonly found: string;
}

/** Files of earlier runs that are no longer produced, and are still there. */
function findStale({ sandboxes }: Wanted, tree: OutputTree, ownership: Ownership): Found[] {
  const produced = new Map(sandboxes.map(({ name, files }) => [name, files]));
  const stale: Found[] = [];
  for (const file of ownership.files()) {
    const slash = file.indexOf('/');
    if (produced.get(file.slice(0, slash))?.has(file.slice(slash + 1))) continue;
    const found = isSeed(file) ? hashOfSeed(tree, file) : tree.hash(file);
    if (found === undefined) continue;
    if (!isSeed(file) || ownership.isOurs(file, found)) stale.push({ file, found });
  }
  return stale;
}

function planWrites(
  { sandboxes, manifest }: Wanted,
  tree: OutputTree,
  ownership: Ownership,
  removals: readonly FileRemoval[],
): Pick<Plan, 'writes' | 'unchanged'> {
  // On a file system that ignores case, removing agent/dockerfile takes agent/Dockerfile away too.
  const vanishing = new Set(removals.map(({ file }) => file.toLowerCase()));
  const writes: FileWrite[] = [];
  let unchanged = 0;
  for (const { name, files } of sandboxes) {
    const hashes = own(manifest.sandboxes, name)?.files ?? {};
    for (const [relative, content] of files) {
      const file = `${name}/${relative}`;
      const vanishes = vanishing.size > 0 && vanishing.has(file.toLowerCase());
      const hash = () => own(hashes, relative) ?? sha256(content);
      if (isSeed(file)) {
        const found = hashOfSeed(tree, file);
        const replaces = found !== undefined && found !== hash() && ownership.isOurs(file, found);
        if (found === undefined || replaces) writes.push({ file, content, hash: hash(), found });
        else unchanged += 1;
      } else if (!vanishes && tree.holds(file, content)) {
        unchanged += 1;
      } else {
        writes.push({ file, content, hash: hash(), found: tree.hash(file) });
      }
    }
  }
  return { writes, unchanged };
}

/** True when a write would replace content that is not the wanted one. */
function replacesOther(write: FileWrite): write is FileWrite & Found {
  return write.found !== undefined && write.found !== write.hash;
}
