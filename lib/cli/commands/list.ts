/** `sandbox-cdk list`: the sandboxes of the program, one a line. */
import type { Assembly } from '../../assembly/assembly';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-code';
import { loadAssembly, type ProgramOptions } from '../load-assembly';
import { answerJson } from '../output/json';
import { renderTable } from '../output/table';

export interface ListOptions extends ProgramOptions {
  readonly json?: boolean;
}

export async function list(options: ListOptions, context: CommandContext): Promise<ExitCode> {
  const { assembly } = await loadAssembly([], options, context);
  const { io } = context;
  const sandboxes = describe(assembly);
  if (options.json) answerJson(io, { sandboxes });
  else if (sandboxes.length === 0) io.tell('the app has no sandbox');
  else {
    const rows = sandboxes.map(({ name, level, services, findings, accepted }) => [
      name,
      String(level),
      services.join(', '),
      String(findings),
      String(accepted),
    ]);
    io.answer(renderTable(['SANDBOX', 'LEVEL', 'SERVICES', 'FINDINGS', 'ACCEPTED'], rows));
  }
  return ExitCode.yes;
}

interface ListedSandbox {
  readonly name: string;
  readonly level: number;
  readonly services: readonly string[];
  /** Warnings and notes; a sandbox with an error is not synthesized. */
  readonly findings: number;
  readonly accepted: number;
}

function describe({ manifest, findings, accepted }: Assembly): ListedSandbox[] {
  const open = countBySandbox(findings);
  const acknowledged = countBySandbox(accepted.map(({ finding }) => finding));
  return Object.entries(manifest.sandboxes).map(([name, { level, services }]) => ({
    name,
    level,
    services,
    findings: open.get(name) ?? 0,
    accepted: acknowledged.get(name) ?? 0,
  }));
}

/** Counted once for all, so that ten thousand sandboxes do not walk all findings each. */
function countBySandbox(findings: readonly { readonly construct: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { construct } of findings) {
    // A sandbox may lie below constructs that group sandboxes: any part of the path can be its name.
    for (const name of new Set(construct.split('/'))) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
