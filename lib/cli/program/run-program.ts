/** Runs the user's program in this process and gives back the assembly that it synthesizes. */
import { createRequire } from 'node:module';
import { setProgramHost } from '../../app/host';
import type { Assembly } from '../../assembly/assembly';
import type { ProjectSettings } from '../project';
import { isFile, readText } from '../../core/files';
import { installModuleHooks, shareWithEsModules } from './module-hooks';
import { Outcome } from './outcome';
import { guardProcess, ProcessExit } from './process-guard';
import { ProgramCode } from './program-code';
import {
  exited,
  missingApp,
  neverCalledSynth,
  stuck,
  synthesizedTwice,
  threw,
  timedOut,
  unknownAppKind,
} from './program-error';
import { isEsModule } from './resolve';
import { installSourceMaps } from './source-maps';
import type * as ImportFile from './import-file';

export interface ProgramRequest {
  readonly project: ProjectSettings;
  /** Names of the sandboxes to synthesize; all when undefined. */
  readonly only?: readonly string[];
  /** How long the program may take to call `app.synth()`. */
  readonly timeoutSeconds: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * @throws CommandError when the program cannot be run, or fails
 * @throws FindingsError when it was not acceptable, or whatever `app.synth()` threw on purpose
 */
export async function runProgram(request: ProgramRequest): Promise<Assembly> {
  const { project, only } = request;
  const typeScript = isTypeScript(project);
  const outcome = new Outcome();
  const { app, projectDir } = project;
  setProgramHost({
    projectDir,
    output: project.output,
    isOutputGiven: project.isOutputGiven,
    context: project.context,
    only,
    submit: (assembly) => outcome.submit(assembly, () => synthesizedTwice(app)),
    reject: (error) => outcome.fail(error),
  });
  const code = typeScript ? prepareTypeScript(request) : undefined;
  installModuleHooks(code?.outputOf);
  const release = watch(outcome, request, code);
  await load(project, outcome);
  try {
    return await outcome.result();
  } catch (error) {
    throw hasFindings(error) ? error : threw(error, app);
  } finally {
    release();
    code?.save();
  }
}

/** Loads the main file; a failure goes to the outcome, as all later ones do. */
async function load(project: ProjectSettings, outcome: Outcome): Promise<void> {
  try {
    if (!project.app.endsWith('ts') && isEsModule(project.appFile)) {
      shareWithEsModules();
      // The program's `synth()` may come before its last top-level `await`.
      void importer()
        .importFile(project.appFile)
        .catch((error: unknown) => fail(error));
    } else {
      createRequire(project.appFile)(project.appFile);
    }
  } catch (error) {
    fail(error);
  }
  await Promise.resolve();

  function fail(error: unknown): void {
    if (!(error instanceof ProcessExit)) outcome.fail(error);
  }
}

function importer() {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- for ES modules only
  return require('./import-file') as typeof ImportFile;
}

/** Watches for every end that a program can come to. Gives back a function that stops watching. */
function watch(
  outcome: Outcome,
  request: ProgramRequest,
  code: ProgramCode | undefined,
): () => void {
  const { app, appFile } = request.project;
  const unguard = guardProcess({
    onExit(exitCode) {
      const finished = outcome.isSubmitted && (exitCode === undefined || Number(exitCode) === 0);
      if (!finished) outcome.fail(exited(app, exitCode));
    },
    onError: (error) => outcome.fail(error),
    onIdle: () => outcome.fail(mentionsSynth(appFile, code) ? stuck(app) : neverCalledSynth(app)),
  });
  const { timeoutSeconds } = request;
  const timer = setTimeout(() => {
    if (!outcome.isSubmitted) outcome.fail(timedOut(app, timeoutSeconds));
  }, timeoutSeconds * 1000).unref();
  return () => {
    clearTimeout(timer);
    unguard();
  };
}

function prepareTypeScript({ project, env }: ProgramRequest): ProgramCode {
  const code = new ProgramCode(project.projectDir, project.appFile, env);
  installSourceMaps(code.find);
  return code;
}

/** Findings say what is wrong with the program; they need no stack. */
function hasFindings(error: unknown): boolean {
  return error instanceof Error && Array.isArray((error as { findings?: unknown }).findings);
}

/** @throws CommandError when the file is none that can be run */
function isTypeScript({ app, appFile, configFile }: ProjectSettings): boolean {
  if (!isFile(appFile)) throw missingApp(app, configFile);
  if (!/\.[cm]?[jt]s$/.test(app)) throw unknownAppKind(app);
  return app.endsWith('ts');
}

function mentionsSynth(appFile: string, code: ProgramCode | undefined): boolean {
  return /\.synth\s*\(/.test(code?.find(appFile) ?? readText(appFile) ?? '');
}
