/** How a program's own files find each other: as the type checker does, the source before its output. */
import * as path from 'node:path';
import { isFile, readText } from '../../core/files';

/** Extensions of sources, each with that of its output: `./x.js` may mean `./x.ts`. */
export const SOURCES: readonly (readonly [source: string, output: string])[] = [
  ['.ts', '.js'],
  ['.cts', '.cjs'],
  ['.mts', '.mjs'],
];

/** True for a TypeScript source of the program itself: not a declaration, not in a package. */
export function isSource(file: string): boolean {
  return (
    SOURCES.some(([source]) => file.endsWith(source)) &&
    !/\.d\.[cm]?ts$/.test(file) &&
    !file.includes(`${path.sep}node_modules${path.sep}`)
  );
}

/**
 * The TypeScript source that a relative `request` from `importer` stands for, or `undefined` when
 * it stands for something else, which Node's own rules then find.
 */
export function resolveSource(request: string, importer: string): string | undefined {
  if (!/^\.{0,2}\//.test(request) && request !== '.' && request !== '..') return undefined;
  const base = path.resolve(path.dirname(importer), request);
  const candidates = SOURCES.filter(([, output]) => base.endsWith(output)).map(
    ([source, output]) => base.slice(0, -output.length) + source,
  );
  return [base, `${base}.ts`, ...candidates].find((file) => isSource(file) && isFile(file));
}

/** As `resolveSource`, and folders that have an index. For finding files before they are run. */
export function resolveSourceOrFolder(request: string, importer: string): string | undefined {
  return (
    resolveSource(request, importer) ??
    resolveSource(`${request.replace(/\/+$/, '')}/index.ts`, importer)
  );
}

/** Node's own rule: by extension, else by the "type" of the nearest package.json. */
export function isEsModule(file: string): boolean {
  if (/\.m[jt]s$/.test(file)) return true;
  if (/\.c[jt]s$/.test(file)) return false;
  for (let at = path.dirname(file); ; at = path.dirname(at)) {
    const text = readText(path.join(at, 'package.json'));
    if (text !== undefined) return (JSON.parse(text) as { type?: string }).type === 'module';
    if (path.dirname(at) === at) return false;
  }
}
