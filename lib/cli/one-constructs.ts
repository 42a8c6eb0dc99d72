/**
 * The command and the program must have one copy of `constructs`, the project's: with two, a
 * construct made with one is none to the other. Where this package lies beside it, Node finds the
 * project's by itself; in a linked checkout it would find the checkout's.
 */
import Module, { createRequire } from 'node:module';
import * as path from 'node:path';
import { PACKAGE_ROOT } from './package-root';

interface Loader {
  _resolveFilename: (request: string, parent: Requirer | undefined, ...rest: unknown[]) => string;
}

interface Requirer {
  readonly filename?: string | null;
}

/** From here on, this package's `constructs` is that of the project. */
export function useConstructsOf(projectDir: string): void {
  const loader = Module as unknown as Loader;
  const resolve = loader._resolveFilename;
  const fromProject = createRequire(path.join(projectDir, 'package.json'));
  loader._resolveFilename = (request, parent, ...rest) => {
    if (request === 'constructs' && parent?.filename?.startsWith(PACKAGE_ROOT + path.sep)) {
      try {
        return fromProject.resolve(request);
      } catch {
        // The project has none of its own; then it is ours.
      }
    }
    return resolve(request, parent, ...rest);
  };
}
