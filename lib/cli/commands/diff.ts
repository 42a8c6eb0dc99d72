/** `sandbox-cdk diff`: what the program would change in the output folder, security first. */
import { diffAssembly, type Change, type Effect } from '../../assembly/diff';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-code';
import type { Format, Io } from '../io';
import { loadAssembly, type ProgramOptions } from '../load-assembly';
import { grouped, plural, relativeTo } from '../output/findings';
import { answerJson } from '../output/json';

export interface DiffOptions extends ProgramOptions {
  readonly json?: boolean;
}

export async function diff(
  names: readonly string[],
  options: DiffOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { assembly, project, only } = await loadAssembly(names, options, context);
  const { io } = context;
  const changes = diffAssembly(assembly, only);
  const output = relativeTo(project.projectDir, assembly.folder);
  if (options.json) answerJson(io, { output, changes: changes.map(toJson) });
  else tellChanges(io, changes, output);
  return changes.length === 0 ? ExitCode.yes : ExitCode.no;
}

interface Section {
  readonly effect: Effect;
  readonly heading: string;
  readonly mark: string;
  readonly format: Format;
}

/** In the order of the changes: what a reviewer must not miss comes first. */
const SECTIONS: readonly Section[] = [
  { effect: 'broadens', heading: 'BROADENS what a sandbox may do', mark: '!', format: 'red' },
  { effect: 'narrows', heading: 'narrows what a sandbox may do', mark: '-', format: 'green' },
  { effect: 'neutral', heading: 'changes no wall', mark: ' ', format: 'dim' },
];

function tellChanges(io: Io, changes: readonly Change[], output: string): void {
  for (const section of SECTIONS) {
    const chosen = changes.filter(({ effect }) => effect === section.effect);
    if (chosen.length > 0) io.answer(renderSection(section, chosen, io));
  }
  io.tell(summary(io, changes, output));
}

function summary({ style }: Io, changes: readonly Change[], output: string): string {
  if (changes.length === 0) {
    return `${style('green', 'no differences')}: ${output} is what the program describes`;
  }
  const broadening = changes.filter(({ effect }) => effect === 'broadens').length;
  const warning =
    broadening > 0 ? style('red', `${grouped(broadening)} broadening`) : 'none broadening';
  return `${plural(changes.length, 'change')} to ${output}, ${warning}`;
}

function renderSection(
  { heading, mark, format }: Section,
  changes: readonly Change[],
  io: Io,
): string {
  const { answerStyle: style } = io;
  const lines = changes.flatMap(({ sandbox, path, summary }) => {
    const where = [sandbox, path].filter(Boolean).join(': ');
    return [
      `  ${style(format, mark)} ${summary}`,
      ...(where ? [`      ${style('dim', where)}`] : []),
    ];
  });
  return `${style(format, heading)}\n${lines.join('\n')}\n`;
}

/** `undefined` cannot be told in JSON: what is new has no `before`, what is gone no `after`. */
function toJson({ sandbox, path, kind, effect, summary, before, after }: Change): object {
  return { sandbox, path, kind, effect, summary, before, after };
}
