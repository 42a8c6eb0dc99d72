/** What the bundler has to be told about modules that are loaded on demand, and about packages. */
import type { Plugin } from 'esbuild';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Finds the modules that our own code loads with `require('./…')`: each becomes a file of its own. */
export class LazyModules {
  private readonly files = new Map<string, string>();

  /** @param prefix what the names of the files start with */
  constructor(
    private readonly root: string,
    private readonly prefix: string,
  ) {}

  get entries(): { in: string; out: string }[] {
    return [...this.files].map(([file, name]) => ({ in: file, out: name }));
  }

  readonly plugin: Plugin = {
    name: 'lazy-modules',
    setup: (build) => {
      build.onResolve({ filter: /^\.\.?\// }, ({ kind, path: request, resolveDir }) => {
        if (kind !== 'require-call' || resolveDir.includes('node_modules')) return undefined;
        const name = this.add(sourceOf(path.resolve(resolveDir, request)));
        return { path: `./${name}.js`, external: true };
      });
    },
  };

  private add(file: string): string {
    const words = path.relative(this.root, file).replace(/(\/index)?\.ts$/, '');
    const name = `${this.prefix}.${words.replaceAll('/', '-')}`;
    this.files.set(file, name);
    return name;
  }
}

function sourceOf(base: string): string {
  const candidates = [`${base}.ts`, path.join(base, 'index.ts')];
  const found = candidates.find((file) => fs.existsSync(file));
  if (!found) throw new Error(`found no source of ${base}`);
  return found;
}

const YAML_WRITER = '/lib/compose/yaml.ts';
const YAML_PARTS = [
  'doc/Document',
  'nodes/Pair',
  'nodes/Scalar',
  'nodes/YAMLMap',
  'nodes/YAMLSeq',
  'schema/Schema',
];

/** Takes less of two packages than they would bring by themselves. */
export const packagesReduced: Plugin = {
  name: 'packages-reduced',
  setup(build) {
    // yaml: its ES modules, of which nothing has an effect when it is imported; and where documents
    // are only written, just what that takes, so that the parser becomes a file of its own.
    build.onResolve({ filter: /^yaml$/ }, ({ resolveDir, importer }) => {
      const folder = path.join(nodeModules(resolveDir), 'yaml/browser/dist');
      return importer.endsWith(YAML_WRITER)
        ? { path: folder, namespace: 'yaml-writer', sideEffects: false }
        : { path: path.join(folder, 'index.js'), sideEffects: false };
    });
    build.onLoad({ filter: /.*/, namespace: 'yaml-writer' }, ({ path: folder }) => ({
      contents: YAML_PARTS.map((part) => `export * from './${part}.js';`).join('\n'),
      resolveDir: folder,
    }));
    build.onResolve({ filter: /^\./ }, ({ path: request, resolveDir }) =>
      resolveDir.includes('/yaml/browser/')
        ? { path: path.resolve(resolveDir, request), sideEffects: false }
        : undefined,
    );
    // commander: it can start programs, which nobody asks it to; loading what that takes is dear.
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer, path: request }) =>
      importer.includes('/commander/') ? { path: request, namespace: 'nothing' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({
      contents: 'module.exports = {};',
    }));
  },
};

function nodeModules(from: string): string {
  for (let at = from; ; at = path.dirname(at)) {
    const folder = path.join(at, 'node_modules');
    if (fs.existsSync(folder)) return fs.realpathSync(folder);
    if (path.dirname(at) === at) throw new Error(`found no node_modules above ${from}`);
  }
}
