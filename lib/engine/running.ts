/** The running container of one service. */
import type { OutputSandbox } from '../assembly/read';
import { EngineError } from '../core/errors';
import type { EngineClient } from './client';
import { findDeployment } from './deployment';

/** @throws EngineError NOT_RUNNING with the state it is in, and what to do */
export async function findRunning(
  client: EngineClient,
  sandbox: OutputSandbox,
  service: string,
): Promise<string> {
  const { containers } = await findDeployment(client, sandbox);
  const container = containers.find((each) => each.service === service);
  if (container?.State === 'running') return container.Id;
  const state = container ? `is ${container.State}` : 'was never started';
  throw new EngineError(
    'NOT_RUNNING',
    `${sandbox.name}/${service} ${state}; run sandbox-cdk start ${sandbox.name} first`,
  );
}
