/** The built command, for tests that need a whole process. Built when it is older than its sources. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

export const REPOSITORY = path.resolve(__dirname, '..', '..', '..');
export const COMMAND = path.join(REPOSITORY, 'dist', 'bin', 'sandbox-cdk.js');

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
}

/** Runs the command in a folder, with stdin closed and no colours. */
export function run(cwd: string, args: readonly string[], options: RunOptions = {}): Run {
  return runNode(cwd, [COMMAND, ...args], options);
}

export function runNode(cwd: string, args: readonly string[], options: RunOptions = {}): Run {
  const { NODE_OPTIONS: _options, FORCE_COLOR: _colour, ...env } = process.env;
  const result = spawnSync(process.execPath, args, {
    cwd,
    env: { ...env, ...options.env },
    encoding: 'utf8',
    input: options.input ?? '',
    timeout: 60_000,
  });
  return { code: result.status, stdout: result.stdout, stderr: result.stderr };
}

const LOCK = path.join(os.tmpdir(), 'sandbox-cdk-test-build.lock');
const SOURCES = ['index.ts', 'bin/sandbox-cdk.ts', 'lib', 'constructs', 'presets', 'scripts/build'];

/** Builds the package, once, however many test files ask for it at the same time. */
export function ensureBuilt(): void {
  if (isFresh()) return;
  const release = takeLock();
  try {
    if (isFresh()) return;
    const build = ['--transpile-only', 'scripts/build.ts'];
    const result = runNode(REPOSITORY, [require.resolve('ts-node/dist/bin.js'), ...build]);
    if (result.code !== 0) throw new Error(`the build failed\n${result.stdout}${result.stderr}`);
  } finally {
    release();
  }
}

function isFresh(): boolean {
  const built = fs.statSync(COMMAND, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return SOURCES.every((source) => newest(path.join(REPOSITORY, source)) <= built);
}

function newest(entry: string): number {
  const stats = fs.statSync(entry);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return fs
    .readdirSync(entry)
    .filter((name) => name !== '__pycache__')
    .reduce((latest, name) => Math.max(latest, newest(path.join(entry, name))), 0);
}

function takeLock(): () => void {
  const started = Date.now();
  for (;;) {
    try {
      fs.mkdirSync(LOCK);
      return () => fs.rmdirSync(LOCK);
    } catch {
      if (Date.now() - started > 120_000) fs.rmSync(LOCK, { recursive: true, force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}
