/** Whether a container is after the attacks as it was before. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ContainerInspect } from '../api';
import type { EngineClient } from '../client';
import { inspectContainer } from '../deployment';
import { MARK } from './harness';

/** Between two looks at what may still be settling. */
const LOOK_AGAIN_MS = 500;
/** How long processes that were ended may take to be gone. */
const PROCESSES_MS = 5000;
/** Beyond its interval and its timeout: how long the next health check may be in coming. */
const LATE_MS = 10_000;
const SLOWEST_CHECK_MS = 120_000;

/**
 * Waits for what settles by itself: a health check that came in the moment in which no process could be
 * started fails, and the next one does not.
 *
 * @param onWait there is something to wait for
 * @returns what is different, in words; nothing where all is as before
 */
export async function changesSince(
  client: EngineClient,
  before: ContainerInspect,
  onWait: (what: string) => void,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const left = await settled(
    () => attackersLeft(client, before.Id),
    (count) => count > 0,
    PROCESSES_MS,
  );
  const after = await settled(
    () => inspectContainer(client, before.Id),
    (now) => {
      const isWaiting = turnedUnhealthy(before, now) && !signal?.aborted;
      if (isWaiting) onWait('waiting for the next health check');
      return isWaiting;
    },
    nextCheckWithin(before),
  );
  return [
    ...(left > 0 ? [`${left} of the attackers' processes still run`] : []),
    ...differences(before, after),
  ];
}

export function differences(before: ContainerInspect, after: ContainerInspect): string[] {
  const [was, is] = [before.State, after.State];
  if (!is.Running) return [`the container ended with exit code ${is.ExitCode}`];
  return [
    ...(is.Pid !== was.Pid || is.StartedAt !== was.StartedAt
      ? ['the container was started again']
      : []),
    ...(after.RestartCount !== before.RestartCount
      ? [`the engine restarted it ${after.RestartCount - before.RestartCount} times`]
      : []),
    ...(turnedUnhealthy(before, after) ? ['its health check fails now'] : []),
  ];
}

function turnedUnhealthy(before: ContainerInspect, after: ContainerInspect): boolean {
  return before.State.Health?.Status === 'healthy' && after.State.Health?.Status === 'unhealthy';
}

function nextCheckWithin({ Config }: ContainerInspect): number {
  const { Interval = 0, Timeout = 0 } = Config.Healthcheck ?? {};
  return Math.min((Interval + Timeout) / 1e6 + LATE_MS, SLOWEST_CHECK_MS);
}

/** 0 as well where the engine cannot list processes. */
async function attackersLeft(client: EngineClient, id: string): Promise<number> {
  const { Processes } = await client
    .get<{ Processes: readonly (readonly string[])[] }>(`/containers/${id}/top`, {
      ps_args: '-eo pid,args',
    })
    .catch(() => ({ Processes: [] }));
  return Processes.filter((words) => words.join(' ').includes(MARK)).length;
}

/** The first look that needs no waiting, or the last one in the time there is. */
async function settled<T>(
  look: () => Promise<T>,
  isSettling: (seen: T) => boolean,
  milliseconds: number,
): Promise<T> {
  const until = Date.now() + milliseconds;
  for (;;) {
    const seen = await look();
    if (!isSettling(seen) || Date.now() >= until) return seen;
    await pause(LOOK_AGAIN_MS);
  }
}
