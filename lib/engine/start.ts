/** From the output folder to a running sandbox whose walls are proven. Every step can be run again. */
import type { OutputSandbox } from '../assembly/read';
import type { EngineInfo } from './api';
import { buildImages } from './build';
import type { EngineClient } from './client';
import { failed, runStep, type ComposeStep } from './compose-step';
import { findDeployment, inspectContainer, type Deployment } from './deployment';
import { describeSandbox, type DescribedSandbox } from './described';
import type { Environment } from './environment';
import { LOOK_GRACE_MS, unlessInterrupted } from './interrupted';
import { overrideOf } from './override';
import { personOf } from './person';
import { assertComplete, assertReady } from './preflight';
import { differences } from './probes/settings';
import { addedNetworks } from './probes/network';
import type { Progress } from './progress';
import { whileAlone } from './state';
import { validateSandbox, type SandboxReport } from './validate';
import { composeVariables } from './variables';
import { waitUntilHealthy } from './wait';

export interface StartRequest {
  readonly client: EngineClient;
  readonly sandbox: OutputSandbox;
  readonly env: Environment;
  /** Build even what did not change. */
  readonly build: boolean;
  /** Make the containers anew, also those that are as described. */
  readonly recreate: boolean;
  /** Accept generated files that were edited by hand. */
  readonly edited: boolean;
  /** How long it may take to become healthy, in milliseconds. */
  readonly timeout: number;
  readonly allowUnproven: ReadonlyMap<string, string>;
  readonly onProgress: Progress;
  readonly signal?: AbortSignal;
}

export interface Started {
  readonly report: SandboxReport;
  readonly built: readonly string[];
  /** Secrets of the source that are masked inside, by service. */
  readonly masked: Readonly<Record<string, readonly string[]>>;
}

/**
 * @throws OutputError OUTPUT_EDITED for a folder that is not as generated
 * @throws EngineError for everything that the engine or Compose cannot do
 */
export async function startSandbox(request: StartRequest): Promise<Started> {
  const { sandbox, env, onProgress, signal } = request;
  assertComplete(sandbox, request.edited);
  return whileAlone(sandbox, env, () => startAlone(request), {
    onWait: (holder) => {
      const who = holder ?? 'another command';
      onProgress({ sandbox: sandbox.name, doing: `waiting for ${who}` });
    },
    signal,
  });
}

async function startAlone(request: StartRequest): Promise<Started> {
  const { client, sandbox, onProgress, signal } = request;
  onProgress({ sandbox: sandbox.name, doing: 'checking the engine and the folder' });
  const look = <T>(work: Promise<T>, grace?: number) =>
    unlessInterrupted(work, signal, sandbox.name, grace);
  const [info, before] = await look(
    Promise.all([client.get<EngineInfo>('/info'), findDeployment(client, sandbox)]),
  );
  const env = composeVariables(request.env, info);
  const described = await look(describeSandbox(sandbox, env));
  assertReady(sandbox, described, info, personOf(request.env));
  const override = overrideOf(sandbox, described);
  const step = { sandbox, project: before.project, override, env, onProgress, signal };
  const built = await buildImages({ ...step, client, described, force: request.build });

  await up(step, request.recreate || (await look(hasDrifted(client, before, described))));
  const { containers } = await look(findDeployment(client, sandbox));
  onProgress({ sandbox: sandbox.name, doing: 'waiting for the health checks' });
  const deadline = Date.now() + request.timeout;
  const waits = containers.map((container) =>
    waitUntilHealthy({ client, sandbox: sandbox.name, container, deadline, signal }),
  );
  await look(Promise.all(waits));
  onProgress({ sandbox: sandbox.name, doing: 'proving the walls' });
  const { allowUnproven } = request;
  const report = await look(
    validateSandbox(client, sandbox, { env: request.env, allowUnproven, described }),
    LOOK_GRACE_MS,
  );
  const masked = Object.fromEntries(
    Object.entries(override.masks).map(([name, masks]) => [
      name,
      masks.map(({ target }) => target),
    ]),
  );
  return { report, built, masked };
}

/**
 * Compose compares the file with what it was at the last start. What was changed on the container
 * itself meanwhile (`docker update`, `docker network connect`) it does not see.
 */
async function hasDrifted(
  client: EngineClient,
  { containers }: Deployment,
  { services, networks }: DescribedSandbox,
): Promise<boolean> {
  const drifted = await Promise.all(
    containers.map(async ({ Id, service }) => {
      const container = await inspectContainer(client, Id);
      const expected = services[service] ?? {};
      return (
        differences(expected, container).length > 0 ||
        addedNetworks(container, expected, networks).length > 0
      );
    }),
  );
  return drifted.includes(true);
}

async function up(step: ComposeStep, recreate: boolean): Promise<void> {
  const result = await runStep(step, 'starting', [
    ...['up', '--detach', '--no-build', '--remove-orphans'],
    ...(recreate ? ['--force-recreate'] : []),
  ]);
  if (result.exitCode === 0) return;
  throw failed('COMPOSE_FAILED', `Compose could not start ${step.sandbox.name}`, step, result);
}
