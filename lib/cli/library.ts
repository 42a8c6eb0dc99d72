/**
 * The package as programs import it. The command hands its own modules to the program that it
 * loads, so that nothing is loaded twice and every class exists once.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { PACKAGE_ROOT } from './package-root';

interface Entry {
  /** What `exports` in package.json says, from the package's root. */
  readonly file: string;
  readonly load: () => unknown;
}

/* eslint-disable @typescript-eslint/no-require-imports -- loaded when the program asks for them */
export const ENTRIES: Readonly<Record<string, Entry>> = {
  'sandbox-cdk': { file: 'dist/index.js', load: () => require('../../index') as unknown },
  'sandbox-cdk/compose': {
    file: 'dist/constructs/compose/index.js',
    load: () => require('../../constructs/compose') as unknown,
  },
  'sandbox-cdk/presets': {
    file: 'dist/presets/index.js',
    load: () => require('../../presets') as unknown,
  },
  'sandbox-cdk/testing': {
    file: 'dist/lib/testing/index.js',
    load: () => require('../testing') as unknown,
  },
};
/* eslint-enable @typescript-eslint/no-require-imports */

const loaded = new Map<string, unknown>();
const importers = new Map<string, boolean>();

/** True for a request that may mean this package. */
export function isLibraryRequest(request: string): boolean {
  return Object.hasOwn(ENTRIES, request);
}

/** The module that the request stands for. */
export function libraryModule(request: string): unknown {
  if (!loaded.has(request)) loaded.set(request, ENTRIES[request]!.load());
  return loaded.get(request);
}

/** Each module by the absolute path of the file that Node would load instead. */
export function libraryFiles(): [file: string, request: string][] {
  return Object.entries(ENTRIES).map(([request, { file }]) => [
    path.join(PACKAGE_ROOT, file),
    request,
  ]);
}

/** Whether a module in `folder` that imports this package gets this very copy of it. */
export function getsThisCopy(folder: string): boolean {
  let answer = importers.get(folder);
  if (answer === undefined) importers.set(folder, (answer = findCopy(folder) === PACKAGE_ROOT));
  return answer;
}

/** The copy that Node would find; inside the package itself, that is the package. */
function findCopy(folder: string): string | undefined {
  if (isInPackageItself(folder)) return PACKAGE_ROOT;
  for (let at = folder; ; at = path.dirname(at)) {
    const copy = path.join(at, 'node_modules', 'sandbox-cdk');
    if (fs.existsSync(copy)) return fs.realpathSync(copy);
    if (path.dirname(at) === at) return undefined;
  }
}

function isInPackageItself(folder: string): boolean {
  const relative = path.relative(PACKAGE_ROOT, folder);
  const parts = relative.split(path.sep);
  return parts[0] !== '..' && !path.isAbsolute(relative) && !parts.includes('node_modules');
}
