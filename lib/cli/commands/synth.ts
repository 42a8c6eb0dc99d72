/** `sandbox-cdk synth`: runs the program and writes, prints or checks its output folder. */
import type { Assembly } from '../../assembly/assembly';
import { COMPOSE_FILE } from '../../assembly/manifest';
import { writeAssembly, type WriteResult } from '../../assembly/write';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-code';
import type { Io } from '../io';
import { loadAssembly, type LoadedAssembly, type ProgramOptions } from '../load-assembly';
import { describeFindings, describeSandboxes, tellWhatIsLeft } from '../output/assembly';
import { grouped, relativeTo } from '../output/findings';
import { answerJson } from '../output/json';
import type * as SynthCheck from './synth-check';

export interface SynthOptions extends ProgramOptions {
  readonly check?: boolean;
  readonly stdout?: boolean;
  readonly overwrite?: boolean;
  readonly notes?: boolean;
  readonly json?: boolean;
}

export async function synth(
  names: readonly string[],
  options: SynthOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const loaded = await loadAssembly(names, options, context);
  const { io } = context;
  if (options.check) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when needed
    const { check } = require('./synth-check') as typeof SynthCheck;
    return check(loaded, options, io);
  }
  if (options.stdout) {
    answerComposeFiles(io, loaded.assembly);
    tellWhatIsLeft(io, loaded, options);
    return ExitCode.yes;
  }
  const result = writeAssembly(loaded.assembly, {
    only: loaded.only,
    overwrite: options.overwrite,
    projectDir: loaded.project.projectDir,
  });
  if (options.json) answerJson(io, toJson(loaded, result));
  else tellSummary(io, loaded, result, options);
  return ExitCode.yes;
}

/** Several files become one YAML stream, each document headed by its name. */
function answerComposeFiles(io: Io, { sandboxes }: Assembly): void {
  for (const [index, { name, files }] of sandboxes.entries()) {
    if (sandboxes.length > 1) io.answer(`${index > 0 ? '---\n' : ''}# ${name}/${COMPOSE_FILE}\n`);
    io.answer(files.get(COMPOSE_FILE) ?? '');
  }
}

function tellSummary(
  io: Io,
  loaded: LoadedAssembly,
  { written, unchanged, removed }: WriteResult,
  options: SynthOptions,
): void {
  const { assembly, project } = loaded;
  tellWhatIsLeft(io, loaded, options);
  const folder = relativeTo(project.projectDir, assembly.folder);
  const parts = [
    `${grouped(written.length)} written`,
    `${grouped(unchanged)} unchanged`,
    ...(removed.length > 0 ? [`${grouped(removed.length)} removed`] : []),
  ];
  io.tell(
    `${io.style('green', 'synthesized')} ${nameAll(assembly)} into ${folder} (files: ${parts.join(', ')})`,
  );
  const [first] = assembly.sandboxes;
  if (first) {
    const name = assembly.sandboxes.length > 1 ? ` ${first.name}` : '';
    io.tell(`next: ${io.style('bold', `npx sandbox-cdk start${name}`)}`);
  }
}

const NAMED = 10;

function nameAll({ sandboxes }: Assembly): string {
  const names = sandboxes.slice(0, NAMED).map(({ name }) => name);
  const more = sandboxes.length - names.length;
  return names.join(', ') + (more > 0 ? ` and ${grouped(more)} more` : '') || 'no sandbox';
}

function toJson({ assembly, project }: LoadedAssembly, result: WriteResult): object {
  const { projectDir } = project;
  return {
    output: relativeTo(projectDir, assembly.folder),
    ...describeSandboxes(assembly),
    written: result.written,
    unchanged: result.unchanged,
    removed: result.removed,
    ...describeFindings(assembly, projectDir),
  };
}
