/** The named volumes of a service: what is behind them, and whether they are bounded. */
import type { EngineClient } from '../client';
import { seenOr, type Fact } from '../verdict';
import type { CollectContext } from './context';
import type { VolumeFacts } from './service';

interface VolumeInspect {
  /** Of the local driver: what `mount` is given. */
  readonly Options: Readonly<Record<string, string>> | null;
}

export function collectVolumes({
  client,
  container,
}: CollectContext): Promise<Fact<readonly VolumeFacts[]>> {
  const mounted = container.Mounts.filter(({ Type }) => Type === 'volume');
  return seenOr(
    'its volumes',
    Promise.all(
      mounted.map(async ({ Name = '', Destination, RW }) => ({
        target: Destination,
        isWritable: RW,
        ...(await optionsOf(client, Name)),
      })),
    ),
  );
}

async function optionsOf(
  client: EngineClient,
  name: string,
): Promise<Pick<VolumeFacts, 'device' | 'isBounded'>> {
  const { Options } = await client.get<VolumeInspect>(`/volumes/${encodeURIComponent(name)}`);
  const { device, o = '' } = Options ?? {};
  const isFolder = device?.startsWith('/') ?? false;
  return {
    ...(isFolder && { device: device! }),
    isBounded: o.split(',').some((option) => option.startsWith('size=')),
  };
}
