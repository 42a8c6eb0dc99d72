/** `sandbox-cdk clean`: removes what a sandbox made on the engine. Asks first. */
import { cleanSandbox, emptyOutputs, filledOutputs, findCleanable } from '../../engine/clean';
import type { Cleanable } from '../../engine/clean';
import { EngineClient } from '../../engine/client';
import type { OutputSandbox } from '../../assembly/read';
import { confirm } from '../confirm';
import type { CommandContext } from '../context';
import { ExitCode, usageError } from '../exit-code';
import { selectSandboxes, type SelectOptions } from '../output-folder';
import { answerJson } from '../output/json';

export interface CleanOptions extends SelectOptions {
  readonly yes?: boolean;
  readonly outputs?: boolean;
  readonly json?: boolean;
}

/** What would be removed, or what was. */
interface Plan {
  readonly sandbox: OutputSandbox;
  readonly found: Cleanable;
  readonly outputs: readonly string[];
}

export async function clean(
  names: readonly string[],
  options: CleanOptions,
  context: CommandContext,
): Promise<number> {
  const { io, env } = context;
  const client = EngineClient.of(env);
  const sandboxes = selectSandboxes(names, options, context);
  const plans = await Promise.all(
    sandboxes.map(async (sandbox): Promise<Plan> => ({
      sandbox,
      found: await findCleanable(client, sandbox),
      outputs: filledOutputs(sandbox),
    })),
  );
  if (!options.yes && !(await isWanted(plans, options, context))) {
    io.tell('nothing was removed');
    return ExitCode.no;
  }
  // What runs goes on while the question is asked: not everything that goes was in the plan.
  const done: Plan[] = [];
  for (const sandbox of sandboxes) {
    const found = await cleanSandbox(client, sandbox, env);
    const outputs = filledOutputs(sandbox);
    done.push({ sandbox, found, outputs });
    if (options.outputs) emptyOutputs(sandbox);
    else if (outputs.length > 0 && !options.json) {
      io.tell(`kept, for they hold files: ${outputs.join(', ')}; --outputs empties them`);
    }
  }
  if (options.json) answerJson(io, { sandboxes: done.map((each) => toJson(each, options)) });
  else
    io.tell(`removed everything of ${sandboxes.map(({ name }) => name).join(', ')} on the engine`);
  return ExitCode.yes;
}

async function isWanted(
  plans: readonly Plan[],
  options: CleanOptions,
  { io }: CommandContext,
): Promise<boolean> {
  const lines = plans.flatMap((plan) => describe(plan, options));
  const answer = await confirm(io, ['this removes:', ...lines].join('\n'), 'remove it?');
  if (answer !== undefined) return answer;
  throw usageError(
    'NOT_CONFIRMED',
    ['nothing was removed; with --yes this would be:', ...lines].join('\n'),
  );
}

function describe({ sandbox, found, outputs }: Plan, options: CleanOptions): string[] {
  const parts = [
    ...Object.entries(found).map(
      ([kind, list]: [string, readonly string[]]) => [kind, list] as const,
    ),
    ['files in', options.outputs ? outputs : []] as const,
  ].filter(([, list]) => list.length > 0);
  if (parts.length === 0) return [`  ${sandbox.name}: nothing`];
  return parts.map(([kind, list]) => `  ${sandbox.name}: ${kind} ${list.join(', ')}`);
}

function toJson({ sandbox, found, outputs }: Plan, options: CleanOptions): object {
  return {
    sandbox: sandbox.name,
    removed: found,
    ...(options.outputs ? { emptied: outputs } : { kept: outputs }),
  };
}
