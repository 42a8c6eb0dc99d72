/** `sandbox-cdk restart`: stop, then start with containers made anew. */
import type { OutputSandbox } from '../../assembly/read';
import { EngineClient } from '../../engine/client';
import { assertComplete } from '../../engine/preflight';
import { stopSandbox } from '../../engine/stop';
import { allowedUnproven } from '../allowed-unproven';
import type { CommandContext } from '../context';
import { selectSandboxes } from '../output-folder';
import { start, type StartOptions } from './start';

export async function restart(
  names: readonly string[],
  options: StartOptions,
  context: CommandContext,
): Promise<number> {
  const client = EngineClient.of(context.env);
  const sandboxes = selectSandboxes(names, options, context);
  assertStartable(sandboxes, options);
  for (const sandbox of sandboxes) {
    const stopped = await stopSandbox(client, sandbox);
    context.io.tell(
      stopped.length > 0
        ? `stopped ${sandbox.name}: ${stopped.map(({ service }) => service).join(', ')}`
        : `nothing of ${sandbox.name} was running`,
    );
  }
  return start(names, { ...options, recreate: true }, context);
}

/** What `start` would refuse must not leave a sandbox stopped that ran. */
function assertStartable(sandboxes: readonly OutputSandbox[], options: StartOptions): void {
  allowedUnproven(options.allowUnproven ?? []);
  for (const sandbox of sandboxes) assertComplete(sandbox, options.edited ?? false);
}
