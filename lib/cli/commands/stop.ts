/** `sandbox-cdk stop`: asks a sandbox to end and waits, or freezes it at once. */
import type { OutputSandbox } from '../../assembly/read';
import { EngineClient } from '../../engine/client';
import { whoWorksOn } from '../../engine/state';
import { stopNow, stopSandbox, type Stopped } from '../../engine/stop';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-code';
import { selectSandboxes, type SelectOptions } from '../output-folder';
import { answerJson } from '../output/json';

export interface StopOptions extends SelectOptions {
  readonly now?: boolean;
  readonly json?: boolean;
}

export async function stop(
  names: readonly string[],
  options: StopOptions,
  context: CommandContext,
): Promise<number> {
  const { io, env } = context;
  const client = EngineClient.of(env);
  const end = options.now ? stopNow : stopSandbox;
  const sandboxes = selectSandboxes(names, options, context);
  // One that cannot be stopped keeps no other from being stopped, or told of.
  const ended = await Promise.allSettled(
    sandboxes.map(async (sandbox) => ({
      sandbox: sandbox.name,
      stopped: await end(client, sandbox),
    })),
  );
  const results = ended.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  if (options.json) answerJson(io, { sandboxes: results });
  else for (const { sandbox, stopped } of results) io.tell(summary(sandbox, stopped, options.now));
  for (const sandbox of sandboxes) tellWhoWorks(sandbox, context);
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
  return ExitCode.yes;
}

/** A start that is under way starts containers after the stop; that must not come as a surprise. */
function tellWhoWorks(sandbox: OutputSandbox, { io, env }: CommandContext): void {
  const who = whoWorksOn(sandbox, env);
  if (who === undefined) return;
  io.tell(
    `${io.style('yellow', 'warning')}: ${who} works on ${sandbox.name}; what it starts from here on is not stopped: end it with Ctrl-C, then run this again`,
  );
}

function summary(sandbox: string, stopped: readonly Stopped[], now: boolean | undefined): string {
  if (stopped.length === 0) return `nothing of ${sandbox} was running; nothing was stopped`;
  const services = stopped.map(({ service, after }) => `${service} (${after})`).join(', ');
  const how = now ? 'frozen, then stopped' : 'stopped';
  return `${how} ${sandbox}: ${services}; containers, logs and outputs are kept`;
}
