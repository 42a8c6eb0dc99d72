/**
 * A sandbox of the output folder as it stands on the engine. Its containers are found by the labels
 * that Compose gives them, compared whole: never by a part of a name.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../assembly/manifest';
import type { OutputSandbox } from '../assembly/read';
import type { ContainerInspect, ContainerSummary } from './api';
import { labelled, type EngineClient } from './client';

export const PROJECT_LABEL = 'com.docker.compose.project';
export const SERVICE_LABEL = 'com.docker.compose.service';
export const FOLDER_LABEL = 'com.docker.compose.project.working_dir';
const ONE_OFF_LABEL = 'com.docker.compose.oneoff';

/** Of a container that is made to read an image, and removed after that; `clean` finds one that was left. */
export const READER_LABELS = {
  'dev.sandbox-cdk.purpose': 'read by sandbox-cdk validate, never started',
};

export interface Deployment {
  readonly sandbox: OutputSandbox;
  /** Name of the Compose project: what its containers, volumes and networks are labelled with. */
  readonly project: string;
  /** In the order of the services; a service that was never started has none. */
  readonly containers: readonly DeployedContainer[];
}

export interface DeployedContainer extends ContainerSummary {
  readonly service: string;
  /** Made by `docker compose run`: no service's own. */
  readonly isOneOff: boolean;
}

/**
 * @param which `all` has those of `docker compose run` too, which are no service's own
 * @throws EngineError when the engine cannot be reached
 */
export async function findDeployment(
  client: EngineClient,
  sandbox: OutputSandbox,
  which: 'services' | 'all' = 'services',
): Promise<Deployment> {
  const folder = realFolder(sandbox.folder);
  const found = await client.get<ContainerSummary[]>('/containers/json', {
    all: true,
    filters: labelled({
      [FOLDER_LABEL]: folder,
      ...(which === 'services' && { [ONE_OFF_LABEL]: 'False' }),
    }),
  });
  const order = sandbox.manifest.services;
  const containers = found
    .map((container) => ({
      ...container,
      service: container.Labels[SERVICE_LABEL] ?? '',
      isOneOff: container.Labels[ONE_OFF_LABEL] === 'True',
    }))
    .sort((a, b) => order.indexOf(a.service) - order.indexOf(b.service));
  // What plain Compose started goes on under the name that it has.
  const project = containers[0]?.Labels[PROJECT_LABEL] ?? projectName(sandbox.name, folder);
  return { sandbox, project, containers };
}

/** A container as the engine sees it now. */
export function inspectContainer(client: EngineClient, id: string): Promise<ContainerInspect> {
  return client.get<ContainerInspect>(`/containers/${id}/json`);
}

/**
 * Every checkout has a project of its own, so that two people (or two worktrees) on one host never
 * meet: the name of the sandbox, and a digest of its folder.
 */
export function projectName(sandbox: string, folder: string): string {
  return `${sandbox}-${sha256(folder).slice(0, 6)}`;
}

/**
 * As Compose is told it: one folder has one spelling, through whatever symlinks it was reached. One
 * that is gone keeps the spelling it is asked for with, so that what runs can still be found.
 */
export function realFolder(folder: string): string {
  try {
    return fs.realpathSync(folder);
  } catch {
    return path.resolve(folder);
  }
}
