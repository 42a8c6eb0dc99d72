/** From the command line to an assembly: find the project, run its program, check the names asked for. */
import type { Assembly } from '../assembly/assembly';
import type { CommandContext } from './context';
import { runProgram } from './program/run-program';
import { SandboxSelection } from './program/sandbox-selection';
import { loadProject, type ProjectOptions, type ProjectSettings } from './project';

export interface ProgramOptions extends ProjectOptions {
  readonly timeout: number;
}

export interface LoadedAssembly {
  readonly project: ProjectSettings;
  readonly assembly: Assembly;
  /** The names that were asked for; `undefined` for all. */
  readonly only: readonly string[] | undefined;
}

/** @throws whatever `loadProject` and `runProgram` throw, and CommandError for unknown names */
export async function loadAssembly(
  names: readonly string[],
  options: ProgramOptions,
  { cwd, env }: CommandContext,
): Promise<LoadedAssembly> {
  const project = loadProject(cwd, options);
  const selection = names.length > 0 ? SandboxSelection.named(names) : undefined;
  const assembly = await runProgram({
    project,
    only: selection,
    timeoutSeconds: options.timeout,
    env,
  });
  const problem = selection?.problem();
  if (problem) throw problem;
  return { project, assembly, only: selection && [...selection] };
}
