/** Assemblies made by hand, temporary folders, and a look at what is on disk. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Assembly, SandboxAssembly } from '../../lib/assembly/assembly';
import { sha256, type SandboxManifest } from '../../lib/assembly/manifest';
import { writeAssembly } from '../../lib/assembly/write';

export type Files = Readonly<Record<string, string>>;

/** An assembly of `{ sandbox: { file: content } }`. */
export function assemblyOf(folder: string, contents: Readonly<Record<string, Files>>): Assembly {
  const sandboxes = Object.entries(contents).map(([name, files]): SandboxAssembly => {
    return { name, level: 1, document: {}, files: new Map(Object.entries(files)) };
  });
  return {
    folder,
    sandboxes,
    findings: [],
    accepted: [],
    manifest: {
      format: 1,
      policyDigest: 'sha256:0',
      sandboxes: Object.fromEntries(sandboxes.map((one) => [one.name, manifestOf(one)])),
    },
  };
}

function manifestOf({ files }: SandboxAssembly): SandboxManifest {
  return {
    level: 1,
    dataClassification: 'internal',
    services: ['agent'],
    acknowledged: [],
    files: Object.fromEntries([...files].map(([file, content]) => [file, sha256(content)])),
  };
}

const made: string[] = [];

/** A path in a new temporary folder; nothing stands there yet. */
export function newFolder(name = 'sandbox.out'): string {
  const parent = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'sandbox-cdk-'));
  made.push(parent);
  return path.join(parent, name);
}

/** Two sandboxes, as a first run writes them. */
export const FIRST = {
  payments: { 'docker-compose.yml': 'name: payments\n', 'agent/Dockerfile': 'FROM debian\n' },
  billing: { 'docker-compose.yml': 'name: billing\n' },
};

/** An output folder into which FIRST was written. */
export function written(contents: Readonly<Record<string, Files>> = FIRST): string {
  const folder = newFolder();
  writeAssembly(assemblyOf(folder, contents));
  return folder;
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
}

/** Every entry below a folder: content of files, `/` for folders, `-> target` for symlinks. */
export function lookAt(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (at: string) => {
    for (const entry of fs.readdirSync(path.join(folder, at), { withFileTypes: true })) {
      const relative = path.join(at, entry.name);
      const absolute = path.join(folder, relative);
      if (entry.isDirectory()) {
        if (fs.readdirSync(absolute).length === 0) found[relative] = '/';
        walk(relative);
      } else if (entry.isSymbolicLink()) {
        found[relative] = `-> ${fs.readlinkSync(absolute)}`;
      } else {
        found[relative] = entry.isFile() ? fs.readFileSync(absolute, 'utf8') : 'special';
      }
    }
  };
  walk('');
  return found;
}

/** As `lookAt`, without the manifest. */
export function generatedIn(folder: string): Record<string, string> {
  const { 'manifest.json': _, ...rest } = lookAt(folder);
  return rest;
}

/** What changes when a file is written or replaced. */
export function stateOf(file: string): string {
  const { ino, mtimeNs, ctimeNs, size } = fs.lstatSync(file, { bigint: true });
  return [ino, mtimeNs, ctimeNs, size].join(' ');
}

/** The error that an action throws. */
export function errorOf(action: () => unknown): Error & { code?: string; paths?: string[] } {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

/** Runs an action that may write everywhere below a folder but in `sealed`, for root's sake too. */
export function withoutRightTo<T>(folder: string, sealed: string, action: () => T): T {
  const folders = [path.dirname(folder), folder].concat(
    fs
      .readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  for (const each of folders) fs.chmodSync(each, 0o777);
  fs.chmodSync(path.join(folder, sealed), 0o555);
  const own = process.geteuid!();
  if (own === 0) process.seteuid!(65534);
  try {
    return action();
  } finally {
    if (own === 0) process.seteuid!(own);
    fs.chmodSync(path.join(folder, sealed), 0o777);
  }
}
