/** The process around the command: the only file that reads argv and env, and that exits. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { cacheFolders } from './cache-folder';
import { CodeCache } from './code-cache';
import { otherCopy, projectOption } from './hand-over';
import { processIo } from './io';
import { useConstructsOf } from './one-constructs';
import type * as Main from './main';

const OLDEST_NODE = 20;

/** The commands that people, and programs, wait for most often. */
const KEEPS_CODE: ReadonlySet<string> = new Set(['synth', 'start', 'status', 'exec', 'validate']);

export function start(): void {
  const io = processIo(process.env);
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    io.tell(`sandbox-cdk needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}`);
    process.exit(2);
  }
  const argv = process.argv.slice(2);
  const cwd = process.cwd();
  const other = otherCopy(argv, cwd);
  if (other !== undefined) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- its place is known only now
    require(other);
    return;
  }
  const projectDir = projectFolder(path.resolve(cwd, projectOption(argv) ?? '.'));
  const codeCache = CodeCache.install(__dirname, cacheFolders(projectDir, process.env));
  useConstructsOf(projectDir);
  compileNoValidators();
  // The rest is loaded only by the copy that does the work.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const { main } = require('./main') as typeof Main;
  void main({ argv, cwd, env: process.env, io }).then((code) => {
    if (code === 0 && KEEPS_CODE.has(argv[0]!)) codeCache?.save();
    // Not `process.exitCode`: timers that the user's program left behind must not keep us.
    process.exit(code);
  });
}

/**
 * zod writes and compiles a function for every schema when it is first used. Most schemas are used a
 * few times in a run, so that costs more than it saves. This is where zod keeps its settings.
 */
function compileNoValidators(): void {
  const slot = globalThis as { __zod_globalConfig?: { jitless?: boolean } };
  slot.__zod_globalConfig = { ...slot.__zod_globalConfig, jitless: true };
}

/** The nearest folder that has the configuration; reading it comes later. */
function projectFolder(from: string): string {
  for (let at = from; ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, 'cdk-like.json'))) return at;
    if (path.dirname(at) === at) return from;
  }
}
