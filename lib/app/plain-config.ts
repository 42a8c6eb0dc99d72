/**
 * `cdk-like.json` read without its schema, for commands that only want to know where the output folder
 * is: loading the schema's library would take longer than the rest of such a command.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isObject } from '../core/is-object';
import { CONFIG_FILE } from '../core/layout';
import { findJsonProblems } from './json-problems';

export interface PlainConfig {
  readonly output?: string;
}

/** The nearest one, going up from a folder. */
export function findConfigFile(start: string): string | undefined {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, CONFIG_FILE);
    if (fs.existsSync(candidate)) return candidate;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** What a file says that is plainly right; `undefined` for any other: the schema finds the words. */
export function plainConfig(file: string): PlainConfig | undefined {
  const config = parse(file);
  if (!isObject(config)) return undefined;
  const { $schema, app, output, context, ...others } = config;
  const isRight =
    Object.keys(others).length === 0 &&
    isTextOrNone($schema) &&
    (app === undefined || isApp(app)) &&
    (output === undefined || (isLine(output) && isFolderOfItsOwn(output))) &&
    (context === undefined || isObject(context));
  return isRight ? { output } : undefined;
}

function parse(file: string): unknown {
  try {
    const text = fs.readFileSync(file, 'utf8');
    return findJsonProblems(text).length === 0 ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function isTextOrNone(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isApp(value: unknown): boolean {
  return isLine(value) && APP_FILE.test(value);
}

/** Programs that can be loaded. */
export const APP_FILE = /\.[cm]?[jt]s$/;

export function isLine(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !/[\0-\x1f\x7f]/.test(value);
}

/** Relative paths must stay in the project, and be a folder below it. */
export function isFolderOfItsOwn(output: string): boolean {
  if (path.isAbsolute(output)) return true;
  const normal = path.normalize(output).replaceAll('\\', '/');
  return normal !== '.' && normal !== './' && !/^\.\.(?:\/|$)/.test(normal);
}
