/** `sandbox-cdk restart`: stop, then start with containers made anew. */
import { EngineClient } from '../../engine/client';
import { stopSandbox } from '../../engine/stop';
import type { CommandContext } from '../context';
import { selectSandboxes } from '../output-folder';
import { start, type StartOptions } from './start';

export async function restart(
  names: readonly string[],
  options: StartOptions,
  context: CommandContext,
): Promise<number> {
  const client = EngineClient.of(context.env);
  for (const sandbox of selectSandboxes(names, options, context)) {
    const stopped = await stopSandbox(client, sandbox);
    context.io.tell(
      stopped.length > 0
        ? `stopped ${sandbox.name}: ${stopped.map(({ service }) => service).join(', ')}`
        : `nothing of ${sandbox.name} was running`,
    );
  }
  return start(names, { ...options, recreate: true }, context);
}
