/** Builds the images whose inputs changed, and only those. */
import type { OutputSandbox } from '../assembly/read';
import { EngineError } from '../core/errors';
import type { ImageInspect } from './api';
import type { EngineClient } from './client';
import { runCompose } from './compose';
import { composeFiles, type DescribedSandbox } from './described';
import type { Environment } from './environment';
import { INPUTS_LABEL } from './inputs';
import { assertNotInterrupted } from './interrupted';
import type { Override } from './override';
import type { Progress } from './progress';

export interface BuildRequest {
  readonly client: EngineClient;
  readonly sandbox: OutputSandbox;
  readonly project: string;
  readonly described: DescribedSandbox;
  readonly override: Override;
  readonly env: Environment;
  /** Build even what did not change. */
  readonly force: boolean;
  readonly onProgress: Progress;
  readonly signal?: AbortSignal;
}

/**
 * @returns the services that were built
 * @throws EngineError BUILD_FAILED with the end of what the build said
 */
export async function buildImages(request: BuildRequest): Promise<readonly string[]> {
  const { sandbox, override, env, onProgress, signal } = request;
  const services = await outdated(request);
  if (services.length === 0) return [];
  const doing = `building ${services.join(', ')}`;
  onProgress({ sandbox: sandbox.name, doing });
  const { exitCode, output } = await runCompose({
    args: [...projectFiles(request), '--progress', 'plain', 'build', ...services],
    env,
    input: override.text,
    onLine: (detail) => onProgress({ sandbox: sandbox.name, doing, detail }),
    signal,
  });
  assertNotInterrupted(signal, sandbox.name);
  if (exitCode === 0) return services;
  throw new EngineError(
    'BUILD_FAILED',
    `the image of ${services.join(', ')} could not be built:\n${lastLines(output)}\nmend what it says, then run sandbox-cdk start ${sandbox.name} again`,
  );
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

/** The words that name project, file and override, which comes from standard input. */
export function projectFiles({ project, sandbox }: Pick<BuildRequest, 'project' | 'sandbox'>) {
  return ['--project-name', project, ...composeFiles(sandbox), '-f', '-'];
}

const SHOWN = 25;

export function lastLines(output: string): string {
  return output.trimEnd().split('\n').slice(-SHOWN).join('\n');
}
