/** The container as the engine sees it, its image, and where its first process is on this host. */
import type { ContainerInspect, ImageInspect } from '../api';
import type { EngineClient } from '../client';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';

export function inspectContainer(client: EngineClient, id: string): Promise<ContainerInspect> {
  return client.get<ContainerInspect>(`/containers/${id}/json`);
}

export async function collectImage({
  client,
  container,
}: CollectContext): Promise<Fact<ImageInspect>> {
  try {
    return { seen: await client.get<ImageInspect>(`/images/${container.Image}/json`) };
  } catch (error) {
    return { unseen: `the image of the container: ${(error as Error).message}` };
  }
}
