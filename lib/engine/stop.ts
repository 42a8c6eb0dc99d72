/** Stopping: by asking and waiting, or at once. Nothing is removed, whatever happens. */
import type { OutputSandbox } from '../assembly/read';
import { EngineError } from '../core/errors';
import type { ContainerState } from './api';
import type { EngineClient } from './client';
import { findDeployment, inspectContainer, type DeployedContainer } from './deployment';

export interface Stopped {
  readonly service: string;
  readonly container: string;
  readonly before: ContainerState;
  readonly after: ContainerState;
}

const ALIVE: readonly ContainerState[] = ['running', 'paused', 'restarting'];
const DEFAULT_GRACE_SECONDS = 10;
/** What the engine may take beyond the grace period, in milliseconds. */
const PATIENCE = 20_000;

/**
 * Asks every service to end; one that does not within its grace period is ended. Dependents first.
 *
 * @returns what was alive, as it is now; empty when nothing was
 * @throws EngineError NOT_STOPPED when something still runs
 */
export async function stopSandbox(
  client: EngineClient,
  sandbox: OutputSandbox,
): Promise<readonly Stopped[]> {
  const { containers } = await findDeployment(client, sandbox, 'all');
  for (const wave of waves(containers.filter(isAlive))) {
    await Promise.all(wave.map((container) => stopContainer(client, container)));
  }
  return verify(client, sandbox, containers.filter(isAlive));
}

/** So are refused those that have ended, or have gone, by themselves meanwhile: the second look tells. */
const NOT_THERE = [404, 409];

async function stopContainer(
  client: EngineClient,
  { Id, State }: DeployedContainer,
): Promise<void> {
  // A frozen process cannot follow a request to end.
  if (State === 'paused') await unlessRefused(client.post(`/containers/${Id}/unpause`));
  await unlessRefused(askToEnd(client, Id), NOT_THERE);
}

async function askToEnd(client: EngineClient, Id: string): Promise<void> {
  const { Config } = await inspectContainer(client, Id);
  const grace = Config.StopTimeout ?? DEFAULT_GRACE_SECONDS;
  await client.post(`/containers/${Id}/stop`, { timeout: grace * 1000 + PATIENCE });
}

const DEPENDS_LABEL = 'com.docker.compose.depends_on';

/** Services in the order of stopping: each wave holds those that no other one needs any more. */
export function waves(containers: readonly DeployedContainer[]): DeployedContainer[][] {
  const left = new Set(containers);
  const found: DeployedContainer[][] = [];
  while (left.size > 0) {
    const needed = new Set([...left].flatMap(dependencies));
    const free = [...left].filter(({ service }) => !needed.has(service));
    const wave = free.length > 0 ? free : [...left]; // a circle: all at once
    for (const container of wave) left.delete(container);
    found.push(wave);
  }
  return found;
}

/** Compose writes `name:condition:restart`, separated by commas. */
function dependencies({ Labels, service }: DeployedContainer): string[] {
  const names = (Labels[DEPENDS_LABEL] ?? '').split(',').map((each) => each.split(':')[0]!);
  return names.filter((name) => name !== '' && name !== service);
}

/**
 * The emergency stop: everything is frozen first, at once, then ended while it is frozen.
 *
 * @throws EngineError NOT_STOPPED when something still runs
 */
export async function stopNow(
  client: EngineClient,
  sandbox: OutputSandbox,
): Promise<readonly Stopped[]> {
  const { containers } = await findDeployment(client, sandbox, 'all');
  const alive = containers.filter(isAlive);
  await Promise.all(alive.map((container) => freeze(client, container)));
  // The engine delivers the signal before it lets a frozen container go on, so nothing runs again.
  await Promise.all(alive.map((container) => kill(client, container)));
  await Promise.all(alive.map(({ Id }) => ended(client, Id)));
  return verify(client, sandbox, alive);
}

/** One that cannot be frozen (it just ended, or is being started again) is ended all the same. */
async function freeze(client: EngineClient, { Id, State }: DeployedContainer): Promise<void> {
  if (State === 'paused') return;
  await unlessRefused(client.post(`/containers/${Id}/pause`));
}

async function kill(client: EngineClient, { Id }: DeployedContainer): Promise<void> {
  await unlessRefused(client.post(`/containers/${Id}/kill`, { query: { signal: 'SIGKILL' } }));
}

async function ended(client: EngineClient, id: string): Promise<void> {
  const request = client.post(`/containers/${id}/wait`, { timeout: PATIENCE });
  await request.catch(() => undefined); // the second look tells
}

/** @param statuses of refusals that are fine; default: every one */
async function unlessRefused(
  request: Promise<unknown>,
  statuses?: readonly number[],
): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof EngineError && error.code === 'ENGINE_REFUSED')) throw error;
    if (statuses?.includes(error.status ?? 0) === false) throw error;
  }
}

function isAlive({ State }: DeployedContainer): boolean {
  return ALIVE.includes(State);
}

/** Believes nobody: looks again. */
async function verify(
  client: EngineClient,
  sandbox: OutputSandbox,
  alive: readonly DeployedContainer[],
): Promise<readonly Stopped[]> {
  if (alive.length === 0) return [];
  const { containers } = await findDeployment(client, sandbox, 'all');
  const still = containers.filter(isAlive).map(({ service, State }) => `${service} (${State})`);
  if (still.length > 0) {
    throw new EngineError(
      'NOT_STOPPED',
      `${sandbox.name} is not stopped: ${still.join(', ')}; try sandbox-cdk stop ${sandbox.name} --now, or stop the engine`,
    );
  }
  return alive.map(({ service, Id, State }) => ({
    service,
    container: Id,
    before: State,
    after: containers.find((each) => each.Id === Id)?.State ?? 'removing',
  }));
}
