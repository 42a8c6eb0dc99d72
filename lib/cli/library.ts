/**
 * The package as programs import it. The command hands its own modules to the program that it
 * loads, so that nothing is loaded twice and every class exists once.
 */
import * as path from 'node:path';
import { PACKAGE_ROOT } from './package-root';

/* eslint-disable @typescript-eslint/no-require-imports -- loaded when the program asks for them */
const ENTRIES: Readonly<Record<string, () => unknown>> = {
  'dist/index.js': () => require('../../index') as unknown,
  'dist/constructs/compose/index.js': () => require('../../constructs/compose') as unknown,
  'dist/presets/index.js': () => require('../../presets') as unknown,
  'dist/lib/testing/index.js': () => require('../testing') as unknown,
};
/* eslint-enable @typescript-eslint/no-require-imports */

const byFile = new Map(
  Object.entries(ENTRIES).map(([file, load]) => [path.join(PACKAGE_ROOT, file), load]),
);
const loaded = new Map<string, unknown>();

export function libraryFiles(): string[] {
  return [...byFile.keys()];
}

/** The module for a file of this copy of the package, if it is one that programs can import. */
export function libraryModule(file: string): { exports: unknown } | undefined {
  const load = byFile.get(file);
  if (!load) return undefined;
  if (!loaded.has(file)) loaded.set(file, load());
  return { exports: loaded.get(file) };
}
