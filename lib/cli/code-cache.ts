/**
 * Keeps what V8 compiled of the command's own files, as ts-node and other tools do for TypeScript:
 * half of the time of a short run would go into compiling the same functions again. Only the files
 * of this package, in the build that wrote the cache, and those of `constructs` are handled. In what
 * is compiled here there must be no `import()`: Node 20 supports it in its own loader's files only.
 */
import * as fs from 'node:fs';
import Module, { createRequire } from 'node:module';
import * as path from 'node:path';
import * as vm from 'node:vm';
import { writeAtomically } from './cache-folder';
import type * as NodeCrypto from 'node:crypto';

/** The build puts a hash of all files here; without one (from the sources) there is no cache. */
const BUILD = '@build@';
const NAME = 'code.bin';

/** What `lib/cli/program/import-file` is built into: the one file with an `import()`. */
const IMPORTER = 'sandbox-cdk.lib-cli-program-import-file.js';

const CONSTRUCTS = /[\\/]node_modules[\\/]constructs[\\/]lib[\\/].+\.js$/;

/** What was compiled, by the name of the file. */
type Compiled = ReadonlyMap<string, Buffer>;

export class CodeCache {
  private readonly known: Compiled;
  private readonly scripts = new Map<string, vm.Script>();
  private isComplete = true;

  /** Takes part in loading the files of `folder` from here on. `undefined` where it cannot. */
  static install(folder: string, caches: readonly string[]): CodeCache | undefined {
    if (BUILD.startsWith('@')) return undefined;
    const cache = new CodeCache(folder, caches);
    const extensions = (Module as unknown as { _extensions: Extensions })._extensions;
    const load = extensions['.js']!;
    extensions['.js'] = (module, file) => {
      const name = path.basename(file);
      if (path.dirname(file) === folder && name !== IMPORTER) cache.load(module, file, name);
      else if (CONSTRUCTS.test(file)) cache.load(module, file);
      else load(module, file);
    };
    return cache;
  }

  private constructor(
    private readonly folder: string,
    private readonly caches: readonly string[],
  ) {
    this.known = this.read();
  }

  /** Keeps what this run compiled, if there is anything new. */
  save(): void {
    if (this.isComplete) return;
    const all = new Map(this.known);
    for (const [name, script] of this.scripts) all.set(name, script.createCachedData());
    const content = serialize(this.stamp, all);
    this.caches.some((folder) => writeAtomically(folder, NAME, content));
  }

  /** @param given the key in the cache; by content where the build does not vouch for the file */
  private load(module: LoadedModule, file: string, given?: string): void {
    // The build writes pure ASCII, and decoding UTF-8 takes longer than running it.
    const source = readSource(file, given === undefined ? 'utf8' : 'latin1');
    const name = given ?? sha256(source);
    const cachedData = this.known.get(name);
    const script = new vm.Script(Module.wrap(source), { filename: file, cachedData });
    this.scripts.set(name, script);
    if (!cachedData || script.cachedDataRejected) this.isComplete = false;
    const run = script.runInThisContext() as (...args: unknown[]) => void;
    const require = createRequire(file);
    run.call(module.exports, module.exports, require, module, file, path.dirname(file));
  }

  private read(): Compiled {
    for (const cache of this.caches) {
      const compiled = parse(this.stamp, readIfThere(path.join(cache, NAME)));
      if (compiled) return compiled;
    }
    return new Map();
  }

  /** Anything else, and the file is another build's, another copy's or another Node's. */
  private get stamp(): string {
    return [BUILD, process.version, process.arch, this.folder].join(' ');
  }
}

type Extensions = Record<string, (module: LoadedModule, file: string) => void>;

interface LoadedModule {
  exports: unknown;
}

/** One line that says what follows: the stamp, and name and length of each part. */
function serialize(stamp: string, compiled: Compiled): Buffer {
  const parts = [...compiled].map(([name, data]) => [name, data.length] as const);
  return Buffer.concat([Buffer.from(`${JSON.stringify([stamp, parts])}\n`), ...compiled.values()]);
}

function parse(stamp: string, content: Buffer | undefined): Compiled | undefined {
  const end = content?.indexOf('\n') ?? -1;
  if (content === undefined || end < 0) return undefined;
  const head = content.toString('utf8', 0, end);
  if (!head.startsWith(JSON.stringify([stamp]).slice(0, -1))) return undefined;
  const [, parts] = JSON.parse(head) as [string, [string, number][]];
  const compiled = new Map<string, Buffer>();
  let offset = end + 1;
  for (const [name, length] of parts) {
    compiled.set(name, content.subarray(offset, offset + length));
    offset += length;
  }
  // Shorter, and it was cut off.
  return offset === content.length ? compiled : undefined;
}

function sha256(text: string): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- many runs load no constructs
  const { createHash } = require('node:crypto') as typeof NodeCrypto;
  return createHash('sha256').update(text).digest('hex');
}

function readSource(file: string, encoding: 'utf8' | 'latin1'): string {
  return fs.readFileSync(file, encoding).replace(/^#!.*/, '');
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}
