/**
 * `import()` of a program that is an ES module. It is alone in a file because it only works in one
 * that Node's own loader compiled, which lib/cli/code-cache therefore leaves to it, by its name.
 */
import { pathToFileURL } from 'node:url';

export function importFile(file: string): Promise<unknown> {
  return import(pathToFileURL(file).href);
}
