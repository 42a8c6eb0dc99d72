/** What runs, how well, and how much it uses. */
import type { OutputSandbox } from '../assembly/read';
import type { ContainerInspect } from './api';
import type { EngineClient } from './client';
import { findDeployment, type DeployedContainer } from './deployment';
import type { Environment } from './environment';
import { lastVerdict } from './state';
import { readUsage, type Usage } from './usage';
import type { Verdict } from './verdict';

export interface SandboxStatus {
  readonly sandbox: string;
  readonly project: string;
  readonly services: readonly ServiceStatus[];
}

export interface ServiceStatus {
  readonly service: string;
  /** `none`: it was never started, or was removed. */
  readonly state: ContainerInspect['State']['Status'] | 'none';
  readonly container?: string;
  /** As the engine's own last check says; `none` without a health check. */
  readonly health?: 'starting' | 'healthy' | 'unhealthy' | 'none';
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly exitCode?: number;
  readonly usage?: Usage;
  readonly restarts?: number;
  readonly outOfMemory?: boolean;
  /** Of the last validation of this very container. */
  readonly verdict?: { readonly at: string; readonly counts: Readonly<Record<Verdict, number>> };
}

/** @throws EngineError when the engine cannot be reached */
export async function statusOf(
  client: EngineClient,
  sandbox: OutputSandbox,
  env: Environment,
): Promise<SandboxStatus> {
  const { project, containers } = await findDeployment(client, sandbox);
  const services = await Promise.all(
    sandbox.manifest.services.map(async (service): Promise<ServiceStatus> => {
      const container = containers.find((each) => each.service === service);
      if (!container) return { service, state: 'none' };
      return serviceStatus(client, container, verdictOf(sandbox, env, container));
    }),
  );
  return { sandbox: sandbox.name, project, services };
}

/** True when every service runs, and none is unhealthy. */
export function isWell({ services }: SandboxStatus): boolean {
  return services.every(({ state, health }) => state === 'running' && health !== 'unhealthy');
}

async function serviceStatus(
  client: EngineClient,
  { Id, service }: DeployedContainer,
  verdict: ServiceStatus['verdict'],
): Promise<ServiceStatus> {
  const inspect = await client.get<ContainerInspect>(`/containers/${Id}/json`);
  const { State, RestartCount } = inspect;
  const runs = State.Running && !State.Paused;
  return {
    service,
    state: State.Status,
    container: Id,
    health: State.Health?.Status ?? 'none',
    startedAt: State.StartedAt,
    ...(!State.Running && { finishedAt: State.FinishedAt, exitCode: State.ExitCode }),
    ...(runs && { usage: await readUsage(client, inspect) }),
    restarts: RestartCount,
    outOfMemory: State.OOMKilled,
    ...(verdict && { verdict }),
  };
}

/** A verdict about an earlier container says nothing about this one. */
function verdictOf(
  sandbox: OutputSandbox,
  env: Environment,
  { Id, service }: DeployedContainer,
): ServiceStatus['verdict'] {
  const last = lastVerdict(sandbox, env);
  if (last?.containers[service] !== Id) return undefined;
  const results = last.services.find((each) => each.service === service)?.results ?? [];
  const count = (verdict: Verdict) => results.filter((each) => each.verdict === verdict).length;
  return {
    at: last.at.toISOString(),
    counts: { proven: count('proven'), broken: count('broken'), unproven: count('unproven') },
  };
}
