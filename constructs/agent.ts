/** What an agent's command-line tool needs of its sandbox; not how it is driven. */
import * as z from 'zod';
import type { EnvRef } from '../lib/core/env-ref';
import { invalidProps, parseProps } from '../lib/core/props';
import * as schemas from '../lib/core/schemas';
import { closest } from '../lib/core/suggest';
import { claudeCode } from './agents/claude-code';
import { codex } from './agents/codex';
import { copilot } from './agents/copilot';
import type { AgentDescription } from './agents/description';
import { geminiCli } from './agents/gemini-cli';
import { debianPackage, exactVersion, npmPackages, pythonPackages } from './image/package-names';

export type { AgentDescription } from './agents/description';

export interface AgentOptions {
  /** Exact version of the agent's npm package. Default: the version that was tested. */
  readonly version?: string;
}

/** The agents that are known by name, with the version that each was tested with. */
const KNOWN: Readonly<Record<string, (version?: string) => AgentDescription>> = {
  'claude-code': claudeCode,
  codex,
  'gemini-cli': geminiCli,
  copilot,
};

const agentOptions = z.strictObject({ version: exactVersion.optional() });

const programName = schemas.line.regex(
  /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
  'the name of a program: letters, digits and ._-',
);
/** Words that a shell takes as they are. */
const word = schemas.line.regex(
  /^[A-Za-z0-9@%_+=:,./-]+$/,
  'a word of letters, digits and @%_+=:,./-',
);
const relativePath = schemas.line.refine(
  (path) =>
    /^[A-Za-z0-9._@-][A-Za-z0-9._@/-]*$/.test(path) && !/(^|\/)\.{1,2}(\/|$)|\/\/|\/$/.test(path),
  'a path below the home folder, such as .config/tool',
);
const settingsPath = schemas.containerPath.refine(
  (path) =>
    /^[A-Za-z0-9._/-]+$/.test(path) &&
    !/^\/(?:dev|proc|sys|tmp|home|workspace|output)\//.test(path),
  'an absolute path of letters, digits and ._-, outside the folders that agents write to',
);
/** A pattern with `*` for the architecture. */
const packagePath = schemas.line.refine(
  (path) => /^[A-Za-z0-9@][A-Za-z0-9@._*/-]*$/.test(path) && !/(^|\/)\.{1,2}(\/|$)|\/\//.test(path),
  'a path below node_modules, such as @acme/agent/node_modules/@acme/agent-linux-*/agent',
);

const agentDescription = z.strictObject({
  name: schemas.name,
  title: schemas.line
    .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]*$/, 'letters, digits, spaces and ._-')
    .optional(),
  command: z.array(schemas.line, 'a list of texts').min(1, 'at least the program'),
  npmPackages: npmPackages.optional(),
  debianPackages: z.array(debianPackage, 'a list of Debian packages').optional(),
  pythonPackages: pythonPackages.optional(),
  nodeVersion: z.int('a whole number').min(12, 'the major version of Node.js').optional(),
  programs: z.record(programName, packagePath).optional(),
  firstRun: z
    .strictObject({
      program: programName,
      arguments: z.array(word, 'a list of words'),
      environment: z.record(z.string().regex(/^[A-Z_][A-Z0-9_]*$/, 'a variable name'), word),
    })
    .optional(),
  homeFolders: z.array(relativePath, 'a list of paths').optional(),
  environment: schemas.environment.optional(),
  files: z.record(settingsPath, schemas.text).optional(),
});

/**
 * The description of one agent: what is installed for it, how it is started, where it keeps its
 * files, and how its telemetry and its updates are switched off. A value; it can be shared.
 *
 * @see docs/AGENTS.md
 * @example
 * import { Agent, App, Level1Sandbox } from 'sandbox-cdk';
 *
 * new Level1Sandbox(new App(), 'demo', { source: '.', agents: [Agent.codex()] });
 */
export class Agent {
  /** The names that `byName` knows. */
  static readonly names: readonly string[] = Object.keys(KNOWN);

  /** Anthropic's Claude Code. Throws InvalidPropsError for a version that is not exact. */
  static claudeCode(options: AgentOptions = {}): Agent {
    return known('claude-code', 'Agent.claudeCode', options);
  }

  /** OpenAI's Codex CLI. Throws InvalidPropsError for a version that is not exact. */
  static codex(options: AgentOptions = {}): Agent {
    return known('codex', 'Agent.codex', options);
  }

  /** Google's Gemini CLI. Throws InvalidPropsError for a version that is not exact. */
  static geminiCli(options: AgentOptions = {}): Agent {
    return known('gemini-cli', 'Agent.geminiCli', options);
  }

  /** GitHub's Copilot CLI. Throws InvalidPropsError for a version that is not exact. */
  static copilot(options: AgentOptions = {}): Agent {
    return known('copilot', 'Agent.copilot', options);
  }

  /**
   * An agent of one's own.
   *
   * @throws InvalidPropsError for unknown or invalid props
   * @example
   * import { Agent } from 'sandbox-cdk';
   *
   * const agent = Agent.generic({
   *   name: 'acme-agent',
   *   command: ['acme-agent'],
   *   npmPackages: { '@acme/agent': '4.2.0' },
   *   nodeVersion: 20,
   *   homeFolders: ['.acme'],
   *   environment: { ACME_TELEMETRY: 'off' },
   * });
   */
  static generic(description: AgentDescription): Agent {
    return new Agent(parseProps(agentDescription, description, { kind: 'Agent.generic' }));
  }

  /**
   * The agent of a name, for programs that get the name from a person.
   *
   * @throws InvalidPropsError with all known names, and the closest one, when there is none
   */
  static byName(name: string, options: AgentOptions = {}): Agent {
    if (Object.hasOwn(KNOWN, name)) return known(name, `Agent ${name}`, options);
    const guess = closest(name, Agent.names);
    throw invalidProps({ kind: 'Agent' }, [
      {
        rule: 'unknown-agent',
        message: `received the agent ${JSON.stringify(name)}; known: ${Agent.names.join(', ')}`,
        fix: guess
          ? `did you mean ${guess}?`
          : 'choose one of them, or describe it with Agent.generic',
      },
    ]);
  }

  /** Usable as the name of a service. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** What starts it. */
  readonly command: readonly string[];
  /** npm package to exact version. */
  readonly npmPackages: Readonly<Record<string, string>>;
  readonly debianPackages: readonly string[];
  /** Python package to exact version. */
  readonly pythonPackages: Readonly<Record<string, string>>;
  /** Smallest major version of Node.js that it runs on; `undefined` for a native program. */
  readonly nodeVersion: number | undefined;
  /** Native programs: name to its path below `node_modules`, with `*` for the architecture. */
  readonly programs: Readonly<Record<string, string>>;
  /** A start at build time, for a program that unpacks itself. */
  readonly firstRun: AgentDescription['firstRun'];
  /** Folders below the home folder, which is empty at every start. */
  readonly homeFolders: readonly string[];
  readonly environment: Readonly<Record<string, string | EnvRef>>;
  /** Settings that belong to root, by absolute path in the image. */
  readonly files: Readonly<Record<string, string>>;

  /** @internal */
  constructor(description: AgentDescription) {
    this.name = description.name;
    this.title = description.title ?? description.name;
    this.command = description.command;
    this.npmPackages = description.npmPackages ?? {};
    this.debianPackages = description.debianPackages ?? [];
    this.pythonPackages = description.pythonPackages ?? {};
    this.nodeVersion = description.nodeVersion;
    this.programs = description.programs ?? {};
    this.firstRun = description.firstRun;
    this.homeFolders = description.homeFolders ?? [];
    this.environment = description.environment ?? {};
    this.files = description.files ?? {};
  }
}

function known(name: string, kind: string, options: AgentOptions): Agent {
  const { version } = parseProps(agentOptions, options, { kind });
  return new Agent(KNOWN[name]!(version));
}
