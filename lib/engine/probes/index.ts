/** Every probe, in the order of docs/THREATS.md. */
import { drift } from './drift';
import * as files from './files';
import * as kernel from './kernel';
import * as network from './network';
import type { Probe } from './probe';
import * as secrets from './secrets';

export const PROBES: readonly Probe[] = [
  network.noWayOut,
  network.noNames,
  network.noIpv6NorIcmp,
  network.noHost,
  network.noPeer,
  network.noLaterNetwork,
  files.readOnlySource,
  files.maskedSecrets,
  files.noEngineSocket,
  files.noCredentials,
  files.noTraps,
  files.bounded,
  files.noSetuid,
  files.ownOutput,
  kernel.noPrivilege,
  kernel.refusedCalls,
  kernel.kernelSettings,
  kernel.processLimit,
  kernel.memoryLimit,
  kernel.ulimits,
  kernel.runtime,
  kernel.knownEscapes,
  secrets.noSecrets,
  secrets.ownHealthCheck,
  drift,
];
