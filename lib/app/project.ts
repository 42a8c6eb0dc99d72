/** `cdk-like.json`: where a project is, and what it says about itself. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as z from 'zod';
import { ConfigError } from '../core/errors';
import { show } from '../core/props';
import { quote } from '../core/quote';
import { closest } from '../core/suggest';
import { findJsonProblems } from './json-problems';
import { APP_FILE, findConfigFile, isFolderOfItsOwn, isLine } from './plain-config';

/** A project as its configuration describes it. */
export interface Project {
  /** Absolute path of the folder of `cdk-like.json`, or the folder that was searched from. */
  readonly projectDir: string;
  /** The output folder, relative to `projectDir` or absolute. */
  readonly output?: string;
  /** Values for `node.tryGetContext`. */
  readonly context: Readonly<Record<string, unknown>>;
  /** The program, relative to `projectDir` or absolute. */
  readonly app?: string;
  /** Absolute path of `cdk-like.json`; `undefined` when there is none. */
  readonly configFile?: string;
}

const line = z.string('a text').refine(isLine, { error: 'one line of text', abort: true });

/** The schema of `cdk-like.json`; also the source of the JSON Schema that editors use. */
export const configSchema = z
  .strictObject(
    {
      $schema: z.string('a text').optional().describe('The JSON Schema of this file, for editors.'),
      app: line
        .regex(APP_FILE, 'the path of a program that ends with .ts, .js, .cts, .cjs, .mts or .mjs')
        .optional()
        .describe('The program that defines the sandboxes, relative to this file.'),
      output: line
        .refine(
          isFolderOfItsOwn,
          'a folder inside the project, relative to this file, or an absolute path',
        )
        .optional()
        .describe('The output folder, relative to this file. Default: sandbox.out.'),
      context: z
        .record(z.string(), z.unknown(), 'an object')
        .optional()
        .describe('Values that the program reads with node.tryGetContext.'),
    },
    'an object',
  )
  .describe('Configuration of sandbox-cdk.');

/**
 * The project around a folder: the nearest folder, going up, with a `cdk-like.json`. Without one, the
 * project is the folder itself, with nothing configured.
 *
 * @throws ConfigError with every problem of the file at once
 */
export function findProject(from: string): Project {
  const start = path.resolve(from);
  const configFile = findConfigFile(start);
  if (configFile === undefined) return { projectDir: start, context: {} };
  const { app, output, context } = readConfig(configFile);
  return { projectDir: path.dirname(configFile), output, context: context ?? {}, app, configFile };
}

function readConfig(file: string): z.output<typeof configSchema> {
  const text = readText(file).replace(/^\uFEFF/, '');
  const problems = findJsonProblems(text);
  if (problems.length > 0) {
    throw new ConfigError(
      file,
      problems.map(({ line: row, column, message }) => `line ${row}, column ${column}: ${message}`),
    );
  }
  const value: unknown = JSON.parse(text);
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  throw new ConfigError(
    file,
    result.error.issues.flatMap((issue) => explain(issue, value)),
  );
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'EISDIR' ? 'it is a folder' : message;
    throw new ConfigError(file, [`cannot be read: ${reason}`]);
  }
}

function explain(issue: z.core.$ZodIssue, config: unknown): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(unknownKey);
  const key = issue.path.map(String).join('.');
  const value = key === '' ? config : (config as Record<string, unknown>)[key];
  return [`${key === '' ? 'the file' : key}: received ${show(value)}; allowed: ${issue.message}`];
}

function unknownKey(key: string): string {
  const known = Object.keys(configSchema.shape);
  const guess = closest(key, known);
  const advice = guess ? `did you mean ${guess}?` : `known are ${known.join(', ')}`;
  return `there is no key ${quote(key)}; ${advice}`;
}
