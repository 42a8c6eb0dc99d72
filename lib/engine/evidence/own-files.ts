/**
 * The files that prove walls from inside, read from outside: whose they are, and what is in them. They
 * are read from the image, through a container of it that never starts: the engine cannot read a
 * container with masks in a read-only source, and on a read-only root both hold the same.
 */
import { sha256 } from '../../assembly/manifest';
import type { EngineClient } from '../client';
import { READER_LABELS } from '../deployment';
import { seenOr, type Fact } from '../verdict';
import type { CollectContext } from './context';
import type { OwnFile } from './service';
import { readTar } from './tar';

export const OWN_FOLDER = '/usr/local/lib/sandbox-cdk';

/** By name in the folder. */
export function collectOwnFiles({
  client,
  container,
}: CollectContext): Promise<Fact<ReadonlyMap<string, OwnFile>>> {
  return seenOr(OWN_FOLDER, readImage(client, container.Image).then(ownFiles));
}

function ownFiles(archive: Buffer): ReadonlyMap<string, OwnFile> {
  const entries = readTar(archive).filter(({ type }) => type === 'file');
  return new Map(
    entries.map(({ name, uid, gid, mode, content }) => [
      name.slice(name.indexOf('/') + 1),
      { uid, gid, mode, sha256: sha256(content) },
    ]),
  );
}

async function readImage(client: EngineClient, image: string): Promise<Buffer> {
  const { Id } = await client.post<{ Id: string }>('/containers/create', {
    body: {
      Image: image,
      Labels: READER_LABELS,
      HostConfig: { NetworkMode: 'none' },
    },
  });
  try {
    const response = await client.stream('GET', `/containers/${Id}/archive`, {
      query: { path: OWN_FOLDER },
    });
    const chunks: Buffer[] = [];
    for await (const chunk of client.chunksOf(response)) chunks.push(chunk);
    return Buffer.concat(chunks);
  } finally {
    await client.delete(`/containers/${Id}`, { force: true, v: true });
  }
}
