/**
 * What Node's module loader does differently while a program is loaded: TypeScript sources are
 * compiled, and this package is the command's own copy.
 */
import Module from 'node:module';
import * as path from 'node:path';
import { getsThisCopy, isLibraryRequest, libraryFiles, libraryModule } from '../library';
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

/** @param outputOf compiles a source of the program; absent for a program in JavaScript */
export function installModuleHooks(outputOf: ((file: string) => string) | undefined): void {
  const load = loader._load;
  loader._load = (request, parent, isMain) => {
    const importer = parent?.filename;
    if (importer && isLibraryRequest(request) && getsThisCopy(path.dirname(importer))) {
      return libraryModule(request);
    }
    return load(request, parent, isMain);
  };
  if (outputOf) {
    preferSources();
    compileSources(outputOf);
  }
}

/** What the type checker took for `./file` is what runs. */
function preferSources(): void {
  const resolve = loader._resolveFilename;
  loader._resolveFilename = (request, parent, isMain, options) => {
    const importer = parent?.filename;
    const source = importer && !isPackaged(importer) ? resolveSource(request, importer) : undefined;
    return source ?? resolve(request, parent, isMain, options);
  };
}

/**
 * For a program that is an ES module, whose imports do not come by the hooks: they find this
 * package among the modules that are loaded already.
 */
export function shareWithEsModules(): void {
  for (const [file, request] of libraryFiles()) {
    const module = new Module(file) as Module & { loaded: boolean };
    module.filename = file;
    module.exports = libraryModule(request);
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

function isPackaged(file: string): boolean {
  return file.includes(`${path.sep}node_modules${path.sep}`);
}
