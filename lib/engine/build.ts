/** Builds the images whose inputs changed, and only those. */
import * as path from 'node:path';
import { setDistinctTime } from '../assembly/distinct-time';
import { EngineError } from '../core/errors';
import type { ImageInspect } from './api';
import type { EngineClient } from './client';
import { failed, runStep, type ComposeStep } from './compose-step';
import type { DescribedSandbox } from './described';
import { INPUTS_LABEL } from './inputs';
import { unlessInterrupted } from './interrupted';

export interface BuildRequest extends ComposeStep {
  readonly client: EngineClient;
  readonly described: DescribedSandbox;
  /** Build even what did not change. */
  readonly force: boolean;
}

/**
 * @returns the services that were built
 * @throws EngineError BUILD_FAILED with the end of what the build said
 */
export async function buildImages(request: BuildRequest): Promise<readonly string[]> {
  const { sandbox, signal } = request;
  const services = await unlessInterrupted(outdated(request), signal, sandbox.name);
  if (services.length === 0) return [];
  const names = services.join(', ');
  for (const [file, content] of sandbox.files) {
    setDistinctTime(path.join(sandbox.folder, file), content);
  }
  const result = await runStep(request, `building ${names}`, ['build', ...services]);
  if (result.exitCode === 0) return services;
  throw failed('BUILD_FAILED', `the image of ${names} could not be built`, request, result);
}

async function outdated(request: BuildRequest): Promise<string[]> {
  const built = Object.entries(request.described.services).filter(([, { build }]) => build);
  const answers = await Promise.all(
    built.map(async ([name, { image }]) => {
      if (request.force) return true;
      const digest = request.override.inputs[name];
      if (digest === undefined) return true;
      return digest !== (await digestOf(request.client, image ?? `${request.project}-${name}`));
    }),
  );
  return built.filter((_, index) => answers[index]).map(([name]) => name);
}

/** What the image was built from; `undefined` when there is none, or something else built it. */
async function digestOf(client: EngineClient, image: string): Promise<string | undefined> {
  try {
    const { Config } = await client.get<ImageInspect>(`/images/${encodeURIComponent(image)}/json`);
    return Config?.Labels?.[INPUTS_LABEL];
  } catch (error) {
    if (error instanceof EngineError && error.status === 404) return undefined;
    throw error;
  }
}
