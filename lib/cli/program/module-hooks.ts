/**
 * What Node's module loader does differently while a program is loaded: TypeScript sources are
 * compiled, this package is the command's own copy, and `constructs` is the project's one copy.
 */
import Module, { createRequire } from 'node:module';
import * as path from 'node:path';
import { libraryFiles, libraryModule } from '../library';
import { PACKAGE_ROOT } from '../package-root';
import { isSource, resolveSource, SOURCES } from './resolve';

/** The parts of Node's loader that are hooked; its types leave them out. */
interface Loader {
  _load: (request: string, parent: LoaderModule | undefined, isMain: boolean) => unknown;
  _resolveFilename: (
    request: string,
    parent: LoaderModule | undefined,
    isMain?: boolean,
    options?: object,
  ) => string;
  _cache: Record<string, NodeJS.Module>;
  _extensions: Record<string, (module: LoaderModule, file: string) => void>;
}

interface LoaderModule {
  readonly filename?: string | null;
  /** With the format, Node does not guess from a syntax error that it is an ES module. */
  _compile(code: string, file: string, format: 'commonjs'): void;
}

const loader = Module as unknown as Loader;
const OWN = /^sandbox-cdk(?:$|\/)/;

/** @param outputOf compiles a source of the program; absent for a program in JavaScript */
export function installModuleHooks(
  projectDir: string,
  outputOf: ((file: string) => string) | undefined,
): void {
  const load = loader._load;
  const resolve = loader._resolveFilename;
  const fromProject = createRequire(path.join(projectDir, 'package.json'));

  loader._resolveFilename = (request, parent, isMain, options) => {
    if (request === 'constructs' && isOurs(parent)) {
      try {
        return fromProject.resolve(request);
      } catch {
        // The project has none of its own; ours it is.
      }
    }
    const importer = parent?.filename;
    const source = outputOf && importer ? resolveSource(request, importer) : undefined;
    return source && !isPackaged(importer!) ? source : resolve(request, parent, isMain, options);
  };

  loader._load = (request, parent, isMain) => {
    if (OWN.test(request)) {
      const found = libraryModule(loader._resolveFilename(request, parent, isMain));
      if (found) return found.exports;
    }
    return load(request, parent, isMain);
  };

  if (outputOf) compileSources(outputOf);
}

/**
 * For a program that is an ES module, whose imports do not come by the hooks: they find this
 * package among the modules that are loaded already.
 */
export function shareWithEsModules(): void {
  for (const file of libraryFiles()) {
    const module = new Module(file) as Module & { loaded: boolean };
    module.filename = file;
    module.exports = libraryModule(file)!.exports;
    module.loaded = true;
    loader._cache[file] = module;
  }
}

function compileSources(outputOf: (file: string) => string): void {
  for (const [extension] of SOURCES) {
    const before = loader._extensions[extension] ?? loader._extensions['.js']!;
    loader._extensions[extension] = (module, file) => {
      if (isSource(file)) module._compile(outputOf(file), file, 'commonjs');
      else before(module, file);
    };
  }
}

function isOurs(parent: LoaderModule | undefined): boolean {
  return parent?.filename?.startsWith(PACKAGE_ROOT + path.sep) ?? false;
}

function isPackaged(file: string): boolean {
  return file.includes(`${path.sep}node_modules${path.sep}`);
}
