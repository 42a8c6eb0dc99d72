/** What runs, how well, and how much it uses. */
import type { OutputSandbox } from '../assembly/read';
import type { ContainerInspect } from './api';
import type { EngineClient } from './client';
import { findDeployment, inspectContainer, type DeployedContainer } from './deployment';
import type { Environment } from './environment';
import { lastVerdict, type LastVerdict } from './state';
import { readUsage, type Usage } from './usage';
import type { Verdict } from './verdict';

export interface SandboxStatus {
  readonly sandbox: string;
  readonly project: string;
  readonly services: readonly ServiceStatus[];
}

export interface ServiceStatus {
  readonly service: string;
  /** `none`: it was never started; `removed`: it was, and its container is not there any more. */
  readonly state: ContainerInspect['State']['Status'] | 'none' | 'removed';
  /** False for what runs under this sandbox's name and is not in its folder any more. */
  readonly isDescribed?: false;
  readonly container?: string;
  /** As the engine's own last check says; `none` without a health check. */
  readonly health?: 'starting' | 'healthy' | 'unhealthy' | 'none';
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly exitCode?: number;
  readonly usage?: Usage;
  readonly restarts?: number;
  readonly outOfMemory?: boolean;
  /** What its last health check said, where that failed; the agent may have had a hand in it. */
  readonly failedCheck?: {
    readonly at: string;
    readonly exitCode: number;
    readonly output: string;
  };
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
  const described = sandbox.manifest.services;
  const last = lastVerdict(sandbox, env);
  const wasStarted = containers.length > 0 || last !== undefined;
  const services = described.map((service) => {
    const container = containers.find((each) => each.service === service);
    if (container) return serviceStatus(client, container, last);
    return { service, state: wasStarted ? 'removed' : 'none' } as const;
  });
  const others = containers
    .filter(({ service }) => !described.includes(service))
    .map(async (container) => ({
      ...(await serviceStatus(client, container, last)),
      isDescribed: false as const,
    }));
  return {
    sandbox: sandbox.name,
    project,
    services: await Promise.all<ServiceStatus>([...services, ...others]),
  };
}

/** True when everything that is described runs, nothing else does, and nothing is unhealthy. */
export function isWell({ services }: SandboxStatus): boolean {
  return services.every(
    ({ state, health, isDescribed }) =>
      state === 'running' && health !== 'unhealthy' && isDescribed !== false,
  );
}

async function serviceStatus(
  client: EngineClient,
  container: DeployedContainer,
  last: LastVerdict | undefined,
): Promise<ServiceStatus> {
  const { Id, service } = container;
  const inspect = await inspectContainer(client, Id);
  const { State, RestartCount } = inspect;
  const runs = State.Running && !State.Paused && !State.Restarting;
  const verdict = verdictOf(last, container);
  const failedCheck = failedCheckOf(State);
  return {
    service,
    state: State.Status,
    container: Id,
    health: State.Health?.Status ?? 'none',
    startedAt: State.StartedAt,
    ...((!State.Running || State.Restarting) && {
      finishedAt: State.FinishedAt,
      exitCode: State.ExitCode,
    }),
    ...(runs && { usage: await readUsage(client, inspect) }),
    restarts: RestartCount,
    outOfMemory: State.OOMKilled,
    ...(failedCheck && { failedCheck }),
    ...(verdict && { verdict }),
  };
}

function failedCheckOf({ Health }: ContainerInspect['State']): ServiceStatus['failedCheck'] {
  const check = Health?.Log?.at(-1);
  if (!check || check.ExitCode === 0) return undefined;
  return { at: check.End, exitCode: check.ExitCode, output: check.Output };
}

/** A verdict about an earlier container says nothing about this one. */
function verdictOf(
  last: LastVerdict | undefined,
  { Id, service }: DeployedContainer,
): ServiceStatus['verdict'] {
  if (last?.containers[service] !== Id) return undefined;
  const results = last.services.find((each) => each.service === service)?.results ?? [];
  const count = (verdict: Verdict) => results.filter((each) => each.verdict === verdict).length;
  return {
    at: last.at.toISOString(),
    counts: { proven: count('proven'), broken: count('broken'), unproven: count('unproven') },
  };
}
