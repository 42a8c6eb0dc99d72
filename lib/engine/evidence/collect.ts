/** Everything that is looked at of one running service, all at once. */
import type { ContainerInspect } from '../api';
import type { CollectContext } from './context';
import { collectHealth } from './inside';
import { collectImage } from './container';
import { collectLimits } from './limits';
import { collectMounts } from './mounts';
import { collectNetwork } from './network';
import { collectOwnFiles } from './own-files';
import { collectProcesses } from './processes';
import type { ServiceEvidence } from './service';
import { collectSetuid } from './setuid';
import { collectSources } from './sources';
import { collectSystemCalls } from './system-calls';

export async function collectService(context: CollectContext): Promise<ServiceEvidence> {
  const [
    described,
    image,
    processes,
    network,
    mounts,
    limits,
    health,
    systemCalls,
    ownFiles,
    setuid,
    sources,
  ] = await Promise.all([
    context.described,
    collectImage(context),
    collectProcesses(context),
    collectNetwork(context),
    collectMounts(context),
    collectLimits(context),
    collectHealth(context),
    collectSystemCalls(context),
    collectOwnFiles(context),
    collectSetuid(context),
    collectSources(context),
  ]);
  const { service } = context;
  const container: ContainerInspect = context.container;
  return {
    service,
    described,
    container,
    image,
    processes,
    network,
    mounts,
    limits,
    health,
    systemCalls,
    ownFiles,
    setuid,
    sources,
  };
}
