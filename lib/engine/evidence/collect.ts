/** Everything that is looked at of one running service, all at once. */
import { collectHistory, collectImage } from './image';
import type { CollectContext } from './context';
import { collectEntered } from './entered';
import { collectHealth } from './inside';
import { collectLimits } from './limits';
import { collectMounts } from './mounts';
import { collectNetwork } from './network';
import { collectOwnFiles } from './own-files';
import { collectProcesses } from './processes';
import type { ServiceEvidence } from './service';
import { collectSetuid } from './setuid';
import { collectSources } from './sources';
import { collectSystemCalls } from './system-calls';
import { collectVolumes } from './volumes';

export async function collectService(context: CollectContext): Promise<ServiceEvidence> {
  const [inside, processes, ownFiles, image, history, described, sources, volumes] =
    await Promise.all([
      collectInside(context),
      collectProcesses(context),
      collectOwnFiles(context),
      collectImage(context),
      collectHistory(context),
      context.described,
      collectSources(context),
      collectVolumes(context),
    ]);
  return {
    service: context.service,
    described,
    container: context.container,
    image,
    history,
    processes,
    network: collectNetwork(context),
    mounts: collectMounts(context),
    limits: collectLimits(context),
    ownFiles,
    ...inside,
    sources,
    volumes,
  };
}

/**
 * One after the other: a program that is just entering a container still has the rights of the engine,
 * and the health check looks at every process.
 */
async function collectInside(
  context: CollectContext,
): Promise<Pick<ServiceEvidence, 'health' | 'systemCalls' | 'entered' | 'setuid'>> {
  const health = await collectHealth(context);
  const systemCalls = await collectSystemCalls(context);
  const entered = await collectEntered(context);
  return { health, systemCalls, entered, setuid: await collectSetuid(context) };
}
