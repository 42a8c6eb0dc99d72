/** The image of a container, and what made it. */
import type { ImageInspect } from '../api';
import { seenOr, type Fact } from '../verdict';
import type { CollectContext } from './context';

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
