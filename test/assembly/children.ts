/** Other processes that really run the code under test, to be raced against and killed. */
import { buildSync } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { newFolder } from './support';

const ROOT = path.resolve(__dirname, '../..');

/** Compiles sources of the repository into one file that plain Node loads; gives back its path. */
export function compile(source: string): string {
  const outfile = newFolder('bundle.cjs');
  buildSync({
    entryPoints: [path.join(ROOT, source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  return outfile;
}

export interface Child {
  readonly process: ChildProcess;
  /** Resolves once the child has said its first word. */
  readonly started: Promise<void>;
  readonly ended: Promise<{ code: number | null; signal: string | null; output: string }>;
}

/** Runs a script (the text of a function's body) in a new process; `args` are its `args`. */
export function run(script: string, args: Readonly<Record<string, unknown>>): Child {
  const file = newFolder('args.json');
  fs.writeFileSync(file, JSON.stringify(args));
  const body = `const args = JSON.parse(require('fs').readFileSync(process.argv[1]));\n${script}`;
  const child = spawn(process.execPath, ['-e', body, file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  return {
    process: child,
    started: new Promise((resolve) => child.stdout.once('data', () => resolve())),
    ended: new Promise((resolve) => {
      child.on('close', (code, signal) => resolve({ code, signal, output }));
    }),
  };
}
