/** From the command line to sandboxes of the output folder: no program is run, no TypeScript loaded. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { findConfigFile, plainConfig } from '../app/plain-config';
import type * as Project from '../app/project';
import { MANIFEST_FILE } from '../assembly/manifest';
import { readManifest, requireOutput, type OutputSandbox } from '../assembly/read';
import { DEFAULT_OUTPUT } from '../core/layout';
import { closest } from '../core/suggest';
import type { CommandContext } from './context';
import { usageError } from './exit-code';
import { unknownSandboxes } from './program/sandbox-selection';

export interface FolderOptions {
  readonly project?: string;
  readonly output?: string;
}

/**
 * The folder that `--output` names; else that of the project; else the nearest folder that is one,
 * so that a folder alone, without its project, can be started where it lies.
 *
 * @throws ConfigError when `cdk-like.json` cannot be read
 */
export function outputFolder(
  { project, output }: FolderOptions,
  { cwd }: Pick<CommandContext, 'cwd'>,
): string {
  if (output !== undefined) return path.resolve(cwd, output);
  const from = path.resolve(cwd, project ?? '.');
  const configFile = findConfigFile(from);
  if (configFile === undefined) return nearestOutput(from) ?? path.resolve(from, DEFAULT_OUTPUT);
  const config = plainConfig(configFile) ?? projectModule().findProject(from);
  return path.resolve(path.dirname(configFile), config.output ?? DEFAULT_OUTPUT);
}

function projectModule(): typeof Project {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- slow to load, and seldom needed
  return require('../app/project') as typeof Project;
}

function nearestOutput(from: string): string | undefined {
  for (let at = from; ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, MANIFEST_FILE))) return at;
    if (path.dirname(at) === at) return undefined;
  }
}

export interface SelectOptions extends FolderOptions {
  /** `--all` */
  readonly all?: boolean;
}

/**
 * The sandboxes that are named; all with `--all`; without a name the only one there is.
 *
 * @throws CommandError for an unknown name, or none where there are several
 * @throws OutputError as `requireOutput` does
 */
export function selectSandboxes(
  names: readonly string[],
  options: SelectOptions,
  context: CommandContext,
): readonly OutputSandbox[] {
  const folder = outputFolder(options, context);
  const known = knownNames(folder);
  const chosen = options.all && names.length === 0 ? known : names;
  const unknown = chosen.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw unknownSandboxes(unknown, known, folder);
  if (chosen.length === 0 && known.length !== 1) throw nameMissing(known, folder);
  return requireOutput(folder, chosen.length > 0 ? chosen : known).sandboxes;
}

export interface SelectedService {
  readonly sandbox: OutputSandbox;
  readonly service: string;
}

/**
 * The service that `SANDBOX/SERVICE` names. What can only be one may be left out.
 *
 * @throws CommandError for an unknown name, or none where there are several
 */
export function selectService(
  name: string | undefined,
  options: FolderOptions,
  context: CommandContext,
): SelectedService {
  const { sandbox, services } = selectServices(name, options, context);
  const [service, ...others] = services;
  if (service === undefined || others.length > 0) {
    throw usageError(
      'NAME_MISSING',
      `the sandbox ${sandbox.name} has ${services.length} services; name one: ${services.map((each) => `${sandbox.name}/${each}`).join(', ')}`,
    );
  }
  return { sandbox, service };
}

export interface SelectedServices {
  readonly sandbox: OutputSandbox;
  readonly services: readonly string[];
}

/** As `selectService`; a sandbox alone means all its services. */
export function selectServices(
  name: string | undefined,
  options: FolderOptions,
  context: CommandContext,
): SelectedServices {
  const [sandboxName, service, ...more] = name?.split('/') ?? [];
  if (more.length > 0 || sandboxName === '' || service === '') {
    throw usageError('USAGE', `received the name ${name}; allowed are SANDBOX and SANDBOX/SERVICE`);
  }
  const [sandbox] = selectSandboxes(sandboxName ? [sandboxName] : [], options, context);
  const { services } = sandbox!.manifest;
  if (service === undefined) return { sandbox: sandbox!, services };
  if (services.includes(service)) return { sandbox: sandbox!, services: [service] };
  const guess = closest(service, services);
  throw usageError(
    'UNKNOWN_SERVICE',
    `the sandbox ${sandboxName} has no service ${service}; it has ${services.join(', ')}${guess ? `; did you mean ${sandboxName}/${guess}?` : ''}`,
  );
}

function knownNames(folder: string): readonly string[] {
  const manifest = readManifest(folder);
  // Without a manifest, the message of `requireOutput` says what to do.
  return Object.keys((manifest ?? requireOutput(folder).manifest).sandboxes);
}

function nameMissing(known: readonly string[], folder: string) {
  return usageError(
    'NAME_MISSING',
    known.length === 0
      ? `${folder} holds no sandbox; describe one in the program, then run sandbox-cdk synth`
      : `name a sandbox: ${known.join(', ')}`,
  );
}
