/** Removes what a sandbox made on the engine, by the labels that Compose gave it. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { asOutputError } from '../assembly/io-error';
import type { OutputSandbox } from '../assembly/read';
import type { ContainerSummary } from './api';
import { labelled, type EngineClient } from './client';
import { findDeployment, PROJECT_LABEL, READER_LABELS } from './deployment';
import type { Environment } from './environment';
import { forgetVerdict, whileAlone } from './state';

export interface Cleanable {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
  readonly images: readonly string[];
}

/** What would be removed, by name. What is external to the project has none of its labels. */
export async function findCleanable(
  client: EngineClient,
  sandbox: OutputSandbox,
): Promise<Cleanable> {
  const { project, containers } = await findDeployment(client, sandbox);
  const filters = labelled({ [PROJECT_LABEL]: project });
  const [networks, { Volumes }, images] = await Promise.all([
    client.get<{ Name: string }[]>('/networks', { filters }),
    client.get<{ Volumes: { Name: string }[] | null }>('/volumes', { filters }),
    client.get<{ RepoTags: string[] | null }[]>('/images/json', { all: false }),
  ]);
  const own = new Set(
    sandbox.manifest.services.flatMap((service) => [
      `${project}-${service}:latest`,
      `localhost/${project}-${service}:latest`, // as Podman names them
    ]),
  );
  const tags = images.flatMap(({ RepoTags }) => RepoTags ?? []).filter((tag) => own.has(tag));
  return {
    containers: [...containers, ...(await readersOf(client, tags))].map(nameOf),
    networks: networks.map(({ Name }) => Name),
    volumes: (Volumes ?? []).map(({ Name }) => Name),
    images: tags,
  };
}

/** What a look at the walls left that was killed: it would keep the image. */
async function readersOf(
  client: EngineClient,
  ancestor: readonly string[],
): Promise<readonly ContainerSummary[]> {
  if (ancestor.length === 0) return [];
  const filters = labelled(READER_LABELS, { ancestor });
  return client.get<ContainerSummary[]>('/containers/json', { all: true, filters });
}

function nameOf({ Names, Id }: ContainerSummary): string {
  return Names[0]?.replace(/^\//, '') ?? Id;
}

/** @throws EngineError when the engine refuses to remove something; what is gone stays gone */
export async function cleanSandbox(
  client: EngineClient,
  sandbox: OutputSandbox,
  env: Environment,
): Promise<Cleanable> {
  return whileAlone(sandbox, env, async () => {
    const found = await findCleanable(client, sandbox);
    const all = (names: readonly string[], remove: (name: string) => Promise<void>) =>
      Promise.all(names.map((name) => remove(encodeURIComponent(name))));
    await all(found.containers, (name) =>
      client.delete(`/containers/${name}`, { force: true, v: true }),
    );
    await all(found.networks, (name) => client.delete(`/networks/${name}`));
    await all(found.volumes, (name) => client.delete(`/volumes/${name}`));
    await all(found.images, (name) => client.delete(`/images/${name}`));
    forgetVerdict(sandbox, env);
    return found;
  });
}

/** The sandbox's own output folders that hold something beyond what synthesis put there. */
export function filledOutputs({ folder, manifest }: OutputSandbox): readonly string[] {
  const output = path.join(folder, 'output');
  if (!isFolder(output)) return [];
  return fs
    .readdirSync(output)
    .filter((name) => {
      const entries = entriesOf(path.join(output, name));
      return entries.some((entry) => !Object.hasOwn(manifest.files, `output/${name}/${entry}`));
    })
    .map((name) => path.join(output, name))
    .sort();
}

/** What an agent closed to its reader, or put in place of its folder, holds something. */
function entriesOf(folder: string): readonly string[] {
  try {
    return isFolder(folder) ? fs.readdirSync(folder) : [''];
  } catch {
    return [''];
  }
}

/** Empties the output folders, but for what synthesis put there. Follows no link. */
export function emptyOutputs(sandbox: OutputSandbox): void {
  for (const folder of filledOutputs(sandbox)) {
    try {
      emptyOutput(sandbox, folder);
    } catch (error) {
      throw asOutputError(error, folder);
    }
  }
}

function emptyOutput({ manifest }: OutputSandbox, folder: string): void {
  if (!isFolder(folder)) {
    fs.rmSync(folder);
    return;
  }
  for (const entry of fs.readdirSync(folder)) {
    const isSeed = Object.hasOwn(manifest.files, `output/${path.basename(folder)}/${entry}`);
    if (!isSeed) fs.rmSync(path.join(folder, entry), { recursive: true, force: true });
  }
}

/** False for a symlink to one. */
function isFolder(file: string): boolean {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
