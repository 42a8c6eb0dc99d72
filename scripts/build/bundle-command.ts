/**
 * Bundles the command, and of each package only what is used: reading a few files is several times
 * as fast as resolving and reading hundreds. Code that only some runs need (a module that is
 * loaded with `require()` in a function) becomes a file of its own, and what several of these share
 * another, so that nothing is parsed that a run does not use.
 *
 * Only ES modules can be split like this, so that is what is bundled; then each file is turned into
 * CommonJS, which Node loads faster and in which a module can be loaded on demand, synchronously.
 */
import { build, transform, type BuildOptions, type BuildResult, type Metafile } from 'esbuild';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ownClasses, withClassNames } from './class-names';
import { LazyModules, packagesReduced } from './esbuild-plugins';
import { licences } from './licences';
import { closure, pack, withoutCopies, type Files } from './pack';

/** The command's own frames in stack traces are known by this prefix (lib/core/source-location). */
const NAME = 'sandbox-cdk';

export async function bundleCommand(root: string, folder: string): Promise<void> {
  const { outputFiles, metafile } = await bundleAll(root, folder);
  const classes = ownClasses(root);
  const split = new Map<string, string>();
  for (const { path: file, text } of outputFiles) {
    const code = withClassNames(withoutCopies(await toCommonJs(file, text)), classes);
    split.set(path.basename(file), code);
  }
  const files = packUsual(split, metafile);
  const build = createHash('sha256')
    .update([...files.values()].join())
    .digest('base64url');

  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  for (const [file, code] of files) {
    fs.writeFileSync(path.join(folder, file), code.replace(BUILD_MARK, build));
  }
  fs.chmodSync(path.join(folder, LAUNCHER), 0o755);
  fs.writeFileSync(path.join(folder, 'LICENSES.txt'), licences(root, metafile));
}

const LAUNCHER = `${NAME}.js`;

/**
 * Four files: what the launcher loads before it knows who does the work; what it takes to understand the
 * command line, with what both kinds of work share; what it takes to ask an engine; and what every
 * `synth` loads. So no run reads what it does not use.
 */
function packUsual(files: Files, metafile: Metafile): Files {
  const all = (...entries: string[]) => closure(entries.map(named), metafile);
  const launcher = closure([LAUNCHER], metafile);
  const synth = all('lib-cli-commands-synth', 'index', 'presets', 'constructs-compose');
  const engine = all('lib-cli-commands-exec', 'lib-cli-commands-status');
  const shared = [...all('lib-cli-main'), ...synth.filter((file) => engine.includes(file))];
  const packs: readonly (readonly [string, readonly string[]])[] = [
    [named('shared'), shared],
    [named('engine'), engine],
    [named('usual'), synth],
  ];
  const packed = new Set(launcher);
  return packs.reduce(
    (result, [name, parts]) => {
      const rest = [...new Set(parts)].filter((file) => !packed.has(file));
      for (const file of rest) packed.add(file);
      return pack(result, rest, name);
    },
    pack(files, launcher, LAUNCHER, LAUNCHER),
  );
}

function named(words: string): string {
  return `${NAME}.${words}.js`;
}

async function toCommonJs(file: string, text: string): Promise<string> {
  const options = { ...COMMON, format: 'cjs', loader: 'js', sourcefile: file } as const;
  return (await transform(text, options)).code;
}

/** In lib/cli/code-cache: what V8 compiled is used by the very same build only. */
const BUILD_MARK = '@build@';

const COMMON = {
  platform: 'node',
  target: 'node20',
  // Identifiers stay as they are: they are in stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;

type Bundled = BuildResult<BuildOptions & { write: false; metafile: true }>;

/** A module loaded on demand can load others on demand: bundles until no new one turns up. */
async function bundleAll(root: string, folder: string): Promise<Bundled> {
  const lazy = new LazyModules(root, NAME);
  for (;;) {
    const before = lazy.entries.length;
    const result = await build({
      ...COMMON,
      absWorkingDir: root,
      entryPoints: [{ in: 'bin/sandbox-cdk.ts', out: NAME }, ...lazy.entries],
      outdir: folder,
      chunkNames: `${NAME}.[name]-[hash]`,
      bundle: true,
      splitting: true,
      format: 'esm',
      mainFields: ['module', 'main'],
      // Only some runs need the compiler; and of `constructs` a program must have one copy only.
      external: ['constructs', 'ts-node', 'typescript'],
      plugins: [lazy.plugin, packagesReduced],
      write: false,
      metafile: true,
      tsconfigRaw: { compilerOptions: { target: 'ES2022' } },
    });
    if (lazy.entries.length === before) return result;
  }
}
