/** `sandbox-cdk init`: a project that is ready to synthesize, in a new folder or beside what is there. */
import * as path from 'node:path';
import type { CommandContext } from '../context';
import { ExitCode, usageError } from '../exit-code';
import { appFile, configFile, sandboxFile, testFile } from '../init/program-files';
import {
  devDependencies,
  gitignoreFile,
  IGNORED,
  jestConfigFile,
  packageFile,
  readmeFile,
  SCRIPTS,
  startCommands,
  tsconfigFile,
  workflowFile,
} from '../init/project-files';
import { planProject, type ProjectPlan } from '../init/project-plan';
import { existingFiles, writeProject, type ProjectFile } from '../init/write-project';
import type { Io } from '../io';
import { readText } from '../../core/files';
import { answerJson } from '../output/json';
import { ownPackage, type OwnPackage } from '../package-root';

export interface InitOptions {
  readonly level: '1' | '2' | '3';
  readonly agent: readonly string[];
  readonly missing?: boolean;
  readonly json?: boolean;
}

export function init(
  folderName: string,
  options: InitOptions,
  { io, cwd }: CommandContext,
): Promise<ExitCode> {
  const folder = path.resolve(cwd, folderName);
  const plan = planProject(folder, { level: options.level, agents: options.agent });
  const own = ownPackage();
  const program = programFiles(plan);
  const surroundings = surroundingFiles(folder, plan, own);
  const taken = existingFiles(folder, program);
  if (taken.length > 0 && !options.missing) throw filesExist(folderName, taken);
  const kept = [...taken, ...existingFiles(folder, surroundings)];
  const files = [...program, ...surroundings].filter((file) => !kept.includes(file));
  write(folder, files);
  const made = {
    folder,
    files: files.map((file) => file.path),
    kept: kept.map((file) => file.path),
  };
  if (options.json) answerJson(io, { ...made, toDo: toDo(plan, own, made) });
  else tell(io, folderName, made, toDo(plan, own, made));
  return Promise.resolve(ExitCode.yes);
}

/** Files that only this command makes: one that exists belongs to another sandbox. */
function programFiles(plan: ProjectPlan): ProjectFile[] {
  return [
    { path: 'bin/sandbox.ts', content: appFile(plan) },
    { path: 'lib/sandbox.ts', content: sandboxFile(plan) },
    { path: 'test/sandbox.test.ts', content: testFile(plan) },
    { path: 'cdk-like.json', content: configFile() },
    { path: '.github/workflows/sandbox.yml', content: workflowFile(plan) },
  ];
}

/** Files that a project may well have already; then they stay as they are. */
function surroundingFiles(folder: string, plan: ProjectPlan, own: OwnPackage): ProjectFile[] {
  const hasTests = plan.testRunner === 'vitest' || plan.existing?.dependencies.has('jest');
  const jest = [{ path: 'jest.config.cjs', content: jestConfigFile(plan) }];
  return [
    { path: 'package.json', content: packageFile(plan, own) },
    { path: 'tsconfig.json', content: tsconfigFile() },
    // One that is there may be from an earlier run, and is to be named as kept.
    ...(hasTests ? existingFiles(folder, jest) : jest),
    { path: '.gitignore', content: gitignoreFile() },
    { path: 'README.md', content: readmeFile(plan) },
  ];
}

function filesExist(folder: string, taken: readonly ProjectFile[]): Error {
  return usageError(
    'FILES_EXIST',
    `nothing was written; in ${folder} there are already:\n${taken.map((file) => `  ${file.path}`).join('\n')}\n--missing adds the other files and leaves these as they are`,
  );
}

function write(folder: string, files: readonly ProjectFile[]): void {
  try {
    writeProject(folder, files);
  } catch (error) {
    throw usageError('UNWRITABLE', `nothing was written: ${(error as Error).message}`);
  }
}

interface Made {
  readonly folder: string;
  /** Written. */
  readonly files: readonly string[];
  /** Existed, and were left as they are. */
  readonly kept: readonly string[];
}

/** What is left to the person, as commands where there is one. */
function toDo(plan: ProjectPlan, own: OwnPackage, { folder, kept }: Made): string[] {
  const { existing } = plan;
  const commands = existing ? installCommands(plan, own) : ['npm install'];
  const missing = kept.includes('.gitignore') ? notIgnored(folder) : [];
  const ignored = missing.length > 0 ? [`add to .gitignore: ${missing.join(' and ')}`] : [];
  return [...commands, ...ignored, 'npx sandbox-cdk synth', ...startCommands(plan)];
}

/** What the folder's .gitignore does not have; with or without the slashes it is the same. */
function notIgnored(folder: string): string[] {
  const bare = (line: string): string => line.trim().replace(/^\/|\/$/g, '');
  const lines = readText(path.join(folder, '.gitignore'))?.split('\n').map(bare) ?? [];
  return IGNORED.filter((entry) => !lines.includes(bare(entry)));
}

function installCommands(plan: ProjectPlan, own: OwnPackage): string[] {
  const { dependencies, scripts } = plan.existing!;
  const missing = Object.entries(devDependencies(plan, own))
    .filter(([name]) => !dependencies.has(name))
    .map(([name, range]) => `${name}@${range}`);
  const unset = Object.entries(SCRIPTS)
    .filter(([name]) => !Object.hasOwn(scripts, name))
    .map(([name, script]) => `scripts.${name}="${name === 'test' ? plan.testRunner : script}"`);
  return [
    missing.length > 0 ? `npm install --save-dev ${missing.map(quote).join(' ')}` : 'npm install',
    ...(unset.length > 0 ? [`npm pkg set ${unset.join(' ')}`] : []),
  ];
}

function quote(word: string): string {
  return /^[\w@./-]+$/.test(word) ? word : `'${word}'`;
}

function tell(io: Io, folderName: string, { files, kept }: Made, steps: readonly string[]): void {
  if (files.length === 0) {
    io.tell(`nothing to add in ${folderName}; all files exist:`);
    for (const file of kept) io.tell(`  ${file}`);
  } else {
    io.tell(`${io.style('green', 'made')} a project in ${folderName}:`);
    for (const file of files) io.tell(`  ${file}`);
  }
  if (files.length > 0 && kept.length > 0) io.tell(`left as they are: ${kept.join(', ')}`);
  io.tell('next:');
  const enter = path.normalize(folderName) === '.' ? [] : [`cd ${quote(folderName)}`];
  for (const step of [...enter, ...steps]) io.tell(`  ${io.style('bold', step)}`);
}
