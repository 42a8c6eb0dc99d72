/** The project a command works on: `cdk-like.json`, and what the command line says instead. */
import * as path from 'node:path';
import { findProject } from '../app/project';
import { DEFAULT_OUTPUT } from '../core/layout';
import { usageError } from './exit-code';
import { projectOption } from './hand-over';

/** Options of every command that runs the user's program. */
export interface ProjectOptions {
  readonly project?: string;
  readonly output?: string;
  readonly context?: Readonly<Record<string, string>>;
}

export interface ProjectSettings {
  /** Absolute. */
  readonly projectDir: string;
  /** Relative to the project folder, or absolute. */
  readonly output: string;
  /** Whether `--output` was given, which wins over what the program says. */
  readonly isOutputGiven: boolean;
  readonly context: Readonly<Record<string, unknown>>;
  /** As `cdk-like.json` spells it. */
  readonly app: string;
  /** Absolute. */
  readonly appFile: string;
  /** `cdk-like.json` as a person would name it. */
  readonly configFile: string;
}

/**
 * @throws CommandError when there is no project, or it names no app
 * @throws ConfigError when `cdk-like.json` cannot be read
 */
export function loadProject(cwd: string, options: ProjectOptions): ProjectSettings {
  const from = path.resolve(cwd, options.project ?? '.');
  const project = findProject(from);
  const { configFile, projectDir } = project;
  if (configFile === undefined || (options.project !== undefined && projectDir !== from)) {
    const where = options.project === undefined ? `${from} or above it` : from;
    throw usageError(
      'NO_PROJECT',
      `found no cdk-like.json in ${where}; go to a project's folder, name it with --project DIR, or make one with sandbox-cdk init`,
    );
  }
  if (project.app === undefined) {
    throw usageError(
      'NO_APP',
      `${configFile}: names no app; add "app": "bin/sandbox.ts", the program that describes the sandboxes`,
    );
  }
  return {
    projectDir,
    output: options.output
      ? path.relative(projectDir, path.resolve(cwd, options.output)) || '.'
      : (project.output ?? DEFAULT_OUTPUT),
    isOutputGiven: options.output !== undefined,
    context: { ...project.context, ...options.context },
    app: project.app,
    appFile: path.resolve(projectDir, project.app),
    configFile,
  };
}

/** Where paths in messages start from; for messages about a project that could not be loaded too. */
export function projectFolder(cwd: string, argv: readonly string[]): string {
  const from = path.resolve(cwd, projectOption(argv) ?? '.');
  try {
    return findProject(from).projectDir;
  } catch {
    return from;
  }
}
