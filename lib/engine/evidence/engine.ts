/** What was seen of the engine itself. */
import type { EngineInfo, EngineVersion } from '../api';
import type { EngineClient } from '../client';

export interface EngineEvidence {
  readonly version: EngineVersion;
  readonly info: EngineInfo;
  /** Addresses of the host as containers could reach it: gateways of the engine's networks. */
  readonly gateways: readonly string[];
}

interface Network {
  readonly IPAM?: { readonly Config?: readonly { readonly Gateway?: string }[] | null } | null;
}

export async function collectEngine(client: EngineClient): Promise<EngineEvidence> {
  const [version, info, networks] = await Promise.all([
    client.get<EngineVersion>('/version'),
    client.get<EngineInfo>('/info'),
    client.get<Network[]>('/networks'),
  ]);
  const gateways = networks
    .flatMap(({ IPAM }) => IPAM?.Config ?? [])
    .flatMap(({ Gateway }) => (Gateway ? [Gateway.replace(/\/\d+$/, '')] : []));
  return { version, info, gateways: [...new Set(gateways)].sort() };
}
