/**
 * Waits until a service is healthy. The engine runs its health check for the first time only after
 * seconds; the same check is run here, again and again, as soon as the container is there.
 */
import { EngineError } from '../core/errors';
import type { ContainerInspect } from './api';
import type { EngineClient } from './client';
import { inspectContainer, type DeployedContainer } from './deployment';
import { capture } from './execute';
import { assertNotInterrupted } from './interrupted';
import { readLogs } from './logs';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;

export interface WaitRequest {
  readonly client: EngineClient;
  readonly sandbox: string;
  readonly container: DeployedContainer;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly signal?: AbortSignal;
}

/** @throws EngineError UNHEALTHY when it ended, or is not healthy in time, with what it said */
export async function waitUntilHealthy(request: WaitRequest): Promise<void> {
  const { client, sandbox, container, deadline, signal } = request;
  let complaint = 'its health check did not answer yet';
  let restartsBefore: number | undefined;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    assertNotInterrupted(signal, sandbox);
    const seen = await inspectContainer(client, container.Id);
    restartsBefore ??= seen.RestartCount;
    if (hasEnded(seen, restartsBefore)) throw await ended(request, seen);
    const check = healthCommand(seen);
    if (!check) return;
    const answer = await tryCheck(client, container.Id, check);
    if (answer === undefined) return;
    complaint = answer;
    if (Date.now() + pause > deadline) throw unhealthy(request, complaint);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** The engine starts one again that has ended, and goes on counting for as long as the container is there. */
function hasEnded({ State, RestartCount }: ContainerInspect, restartsBefore: number): boolean {
  return State.Status === 'restarting' || RestartCount > restartsBefore || !State.Running;
}

/** `undefined` when there is no health check. */
function healthCommand({ Config }: ContainerInspect): readonly string[] | undefined {
  const [form, ...words] = Config.Healthcheck?.Test ?? [];
  if (form === 'CMD') return words;
  return form === 'CMD-SHELL' ? ['/bin/sh', '-c', ...words] : undefined;
}

/** What the check complains about; `undefined` when it is content. */
async function tryCheck(
  client: EngineClient,
  id: string,
  command: readonly string[],
): Promise<string | undefined> {
  try {
    const { exitCode, stdout, stderr } = await capture(client, id, { command });
    return exitCode === 0 ? undefined : stdout + stderr;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'ENGINE_REFUSED') return error.message;
    throw error;
  }
}

async function ended(
  { client, sandbox, container }: WaitRequest,
  { State }: ContainerInspect,
): Promise<EngineError> {
  const lines = await readLogs(client, container, { tail: 10 });
  const said = lines.map(({ text }) => `  ${text}`).join('\n');
  const why = State.OOMKilled ? ', killed for want of memory' : '';
  return new EngineError(
    'UNHEALTHY',
    `${sandbox}/${container.service} ended with exit code ${State.ExitCode}${why}${State.Error ? `: ${State.Error}` : ''}; it said:\n${said || '  nothing'}`,
  );
}

function unhealthy({ sandbox, container }: WaitRequest, complaint: string): EngineError {
  const lines = complaint
    .split('\n')
    .filter((line) => line !== '' && !/^(?:proven|omitted)\b/.test(line))
    .slice(0, 10);
  return new EngineError(
    'UNHEALTHY',
    `${sandbox}/${container.service} is not healthy:\n${lines.map((line) => `  ${line}`).join('\n')}\nit goes on running; sandbox-cdk logs ${sandbox} and sandbox-cdk validate ${sandbox} tell more`,
  );
}
