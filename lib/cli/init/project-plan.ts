/** What `init` was asked for, checked, and what the folder has already. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suggestName } from '../../core/names';
import { closest } from '../../core/suggest';
import { usageError } from '../exit-code';
import { AGENTS } from './agents';

export interface InitRequest {
  readonly level: '1' | '2' | '3';
  readonly agents: readonly string[];
}

/** Everything that the project's files are made from. */
export interface ProjectPlan {
  /** Name of the package and of the sandbox. */
  readonly name: string;
  readonly level: '1' | '2' | '3';
  /** The expressions that make the agents: `Agent.claudeCode()`. */
  readonly agents: readonly string[];
  /** Name of a service of the sandbox, for the test. */
  readonly services: readonly string[];
  readonly testRunner: 'jest' | 'vitest';
  /** What package.json says, in a folder that has one. */
  readonly existing: ExistingPackage | undefined;
}

export interface ExistingPackage {
  readonly type: 'commonjs' | 'module';
  /** Names of all packages that it depends on. */
  readonly dependencies: ReadonlySet<string>;
  readonly scripts: Readonly<Record<string, string>>;
}

/** @throws CommandError for agents that are unknown, or more than the level takes */
export function planProject(folder: string, { level, agents }: InitRequest): ProjectPlan {
  const chosen = [...new Set(agents)];
  checkAgents(chosen, level);
  const existing = readPackage(folder);
  const hasVitest = existing?.dependencies.has('vitest') && !existing.dependencies.has('jest');
  return {
    name: suggestName(path.basename(folder)) ?? 'sandbox',
    level,
    agents: chosen.map((name) => AGENTS[name]!),
    services: chosen.length === 0 || level === '1' ? ['agent'] : chosen,
    testRunner: hasVitest ? 'vitest' : 'jest',
    existing,
  };
}

function checkAgents(agents: readonly string[], level: string): void {
  const known = Object.keys(AGENTS);
  const unknown = agents.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const lines = unknown.map((name) => {
      const guess = closest(name, known);
      return `there is no agent ${JSON.stringify(name)}${guess ? `; did you mean ${guess}?` : ''}`;
    });
    throw usageError(
      'UNKNOWN_AGENT',
      [
        ...lines,
        `known: ${known.join(', ')}; for any other, write Agent.generic({ … }) in the program`,
      ].join('\n'),
    );
  }
  if (level === '1' && agents.length > 1) {
    throw usageError(
      'TOO_MANY_AGENTS',
      `received ${agents.length} agents; Level 1 has one: take --level 2, where each has a container of its own`,
    );
  }
}

/** @throws CommandError when package.json cannot be read: guessing could break the project */
function readPackage(folder: string): ExistingPackage | undefined {
  const file = path.join(folder, 'package.json');
  if (!fs.existsSync(file)) return undefined;
  try {
    const json = JSON.parse(fs.readFileSync(file, 'utf8').replace(/^\ufeff/, '')) as {
      type?: string;
      scripts?: Record<string, string>;
      dependencies?: Record<string, string>;
      devDependencies?: Record<string, string>;
    };
    return {
      type: json.type === 'module' ? 'module' : 'commonjs',
      dependencies: new Set(Object.keys({ ...json.dependencies, ...json.devDependencies })),
      scripts: json.scripts ?? {},
    };
  } catch (error) {
    throw usageError('PACKAGE_JSON', `${file} cannot be read: ${(error as Error).message}`);
  }
}
