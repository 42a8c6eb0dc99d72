/**
 * The output folder as it stands on disk: what starting, validating and comparing work on. The construct
 * tree is not needed for any of them, nor the program, nor TypeScript.
 */
import { OutputError } from '../core/errors';
import { JOURNAL_FILE } from './journal';
import { MANIFEST_FILE, own, sha256, type Manifest, type SandboxManifest } from './manifest';
import { OutputTree } from './output-tree';
import { parseManifest } from './parse-manifest';
import { isSeed, readSeed } from './seed';

/** One sandbox of the output folder. */
export interface OutputSandbox {
  readonly name: string;
  /** Absolute path of its folder. */
  readonly folder: string;
  readonly manifest: SandboxManifest;
  /**
   * Content of its generated files, by path relative to its folder. Left out are files that are
   * missing, and files in the folders of agents that are not as generated any more.
   */
  readonly files: ReadonlyMap<string, string>;
  /** Files that are not what was generated: edited, or half of an interrupted run. */
  readonly changed: readonly string[];
  /** Files that were generated and are not there. */
  readonly missing: readonly string[];
}

export interface Output {
  /** Absolute path of the output folder. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly sandboxes: readonly OutputSandbox[];
  /** True when a run was cut short while it wrote; the next one mends it. */
  readonly interrupted: boolean;
}

/**
 * The manifest of an output folder; `undefined` when there is none.
 *
 * @param folder absolute path of the output folder
 * @throws OutputError OUTPUT_FOREIGN when it is no manifest, or one of a newer version; OUTPUT_UNSAFE
 * when the folder or the manifest is a symlink
 */
export function readManifest(folder: string): Manifest | undefined {
  return manifestIn(new OutputTree(folder));
}

/**
 * The manifest and the content of the generated files; `undefined` when there is no manifest.
 *
 * @param folder absolute path of the output folder
 * @param only names of the sandboxes to read. Default: all. A name that is not there is left out
 * @throws OutputError as `readManifest` does, and for symlinks on the way to a file
 */
export function readOutput(folder: string, only?: readonly string[]): Output | undefined {
  const tree = new OutputTree(folder);
  const manifest = manifestIn(tree);
  if (!manifest) return undefined;
  const names = only ? [...new Set(only)] : Object.keys(manifest.sandboxes);
  return {
    folder,
    manifest,
    sandboxes: names.flatMap((name) => {
      const sandbox = own(manifest.sandboxes, name);
      return sandbox ? [readSandbox(tree, name, sandbox)] : [];
    }),
    interrupted: tree.read(JOURNAL_FILE) !== undefined,
  };
}

/**
 * As `readOutput`, for work that cannot be done without an output folder.
 *
 * @throws OutputError OUTPUT_MISSING when there is no manifest, and as `readOutput` does
 */
export function requireOutput(folder: string, only?: readonly string[]): Output {
  const output = readOutput(folder, only);
  if (output) return output;
  throw new OutputError(
    'OUTPUT_MISSING',
    `${folder} holds no ${MANIFEST_FILE}: nothing was synthesized there yet; run sandbox-cdk synth first`,
    [folder],
  );
}

function manifestIn(tree: OutputTree): Manifest | undefined {
  const text = tree.read(MANIFEST_FILE);
  return text === undefined ? undefined : parseManifest(text, tree.locate(MANIFEST_FILE));
}

function readSandbox(tree: OutputTree, name: string, manifest: SandboxManifest): OutputSandbox {
  const files = new Map<string, string>();
  const changed: string[] = [];
  const missing: string[] = [];
  for (const [file, hash] of Object.entries(manifest.files)) {
    const path = `${name}/${file}`;
    if (isSeed(path)) {
      const seed = readSeed(tree, path);
      if (seed === undefined) missing.push(file);
      // What an agent made of it is no content of ours.
      if (seed?.hash === hash) files.set(file, seed.content);
      continue;
    }
    const content = tree.read(path);
    if (content === undefined) {
      missing.push(file);
      continue;
    }
    files.set(file, content);
    // U+FFFD may stand for bytes that are no UTF-8.
    const actual = content.includes('\uFFFD') ? tree.hash(path) : sha256(content);
    if (actual !== hash) changed.push(file);
  }
  return { name, folder: tree.locate(name), manifest, files, changed, missing };
}
