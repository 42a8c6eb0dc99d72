/** `sandbox-cdk stop`: asks a sandbox to end and waits, or freezes it at once. */
import { EngineClient } from '../../engine/client';
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
  const results = await Promise.all(
    selectSandboxes(names, options, context).map(async (sandbox) => ({
      sandbox: sandbox.name,
      stopped: await end(client, sandbox),
    })),
  );
  if (options.json) answerJson(io, { sandboxes: results });
  else for (const { sandbox, stopped } of results) io.tell(summary(sandbox, stopped, options.now));
  return ExitCode.yes;
}

function summary(sandbox: string, stopped: readonly Stopped[], now: boolean | undefined): string {
  if (stopped.length === 0) return `nothing of ${sandbox} was running; nothing was stopped`;
  const services = stopped.map(({ service, after }) => `${service} (${after})`).join(', ');
  const how = now ? 'frozen, then stopped' : 'stopped';
  return `${how} ${sandbox}: ${services}; containers, logs and outputs are kept`;
}
