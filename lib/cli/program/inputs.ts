/**
 * What a compilation depended on: every file that the compiler read or looked for in vain, by
 * content. As long as all of them are as they were, the compilation would give the same result.
 */
import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { isFile, readBytes } from '../../core/files';

/** The hash of each file; `null` for one that was looked for and did not exist. */
export type Inputs = Readonly<Record<string, string | null>>;

export class InputRecorder {
  private readonly inputs = new Map<string, string | null>();

  constructor(inputs: Inputs = {}) {
    for (const [file, hash] of Object.entries(inputs)) this.inputs.set(file, hash);
  }

  /** The file's text, or `undefined` when there is none. Either way it is recorded. */
  readonly readFile = (file: string): string | undefined => {
    const content = readBytes(file);
    if (content !== undefined || !isPackaged(file)) this.note(file, content);
    return content?.toString('utf8').replace(/^\ufeff/, '');
  };

  /** Whether the file exists. Only an absence is recorded: what exists is read if it matters. */
  readonly fileExists = (file: string): boolean => {
    const exists = isFile(file);
    if (!exists && !isPackaged(file)) this.note(file, undefined);
    return exists;
  };

  toJSON(): Inputs {
    return Object.fromEntries(this.inputs);
  }

  private note(file: string, content: Buffer | undefined): void {
    // A package's own files change only with its version; its .json files tell that.
    if (isPackaged(file) && !file.endsWith('.json')) return;
    // What was there when it was first read is what was compiled.
    if (!this.inputs.has(file)) this.inputs.set(file, content === undefined ? null : hash(content));
  }
}

/** True when every file is still as it was recorded. */
export function unchanged(inputs: Inputs): boolean {
  return Object.entries(inputs).every(([file, recorded]) => {
    if (recorded === null) return !isFile(file);
    const content = readBytes(file);
    return content !== undefined && hash(content) === recorded;
  });
}

const LOCKFILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  // What package managers note about what is really installed.
  'node_modules/.package-lock.json',
  'node_modules/.modules.yaml',
  'node_modules/.yarn-integrity',
  'node_modules/.yarn-state.yml',
];

/** Records the lockfiles of the nearest folder, from `folder` upwards, that has any. */
export function recordLockfiles(recorder: InputRecorder, folder: string): void {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = LOCKFILES.map((name) => path.join(at, name)).filter(isFile);
    for (const file of found) recorder.readFile(file);
    if (found.length > 0 || path.dirname(at) === at) return;
  }
}

export function hash(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('base64url');
}

function isPackaged(file: string): boolean {
  return file.includes('/node_modules/') || file.includes('\\node_modules\\');
}
