/** The container as the engine sees it, and its image. */
import type { ContainerInspect, ImageInspect } from '../api';
import type { EngineClient } from '../client';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';

export function inspectContainer(client: EngineClient, id: string): Promise<ContainerInspect> {
  return client.get<ContainerInspect>(`/containers/${id}/json`);
}

export function collectImage({ client, container }: CollectContext): Promise<Fact<ImageInspect>> {
  return seenOr('the image', client.get<ImageInspect>(`/images/${container.Image}/json`));
}

export function collectHistory({
  client,
  container,
}: CollectContext): Promise<Fact<readonly string[]>> {
  const layers = client.get<{ CreatedBy: string }[]>(`/images/${container.Image}/history`);
  return seenOr(
    'the layers of the image',
    layers.then((all) => all.map(({ CreatedBy }) => CreatedBy)),
  );
}

async function seenOr<T>(what: string, looking: Promise<T>): Promise<Fact<T>> {
  try {
    return { seen: await looking };
  } catch (error) {
    return { unseen: `${what}: ${(error as Error).message}` };
  }
}
