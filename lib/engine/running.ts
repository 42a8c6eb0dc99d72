/** The running container of one service. */
import type { OutputSandbox } from '../assembly/read';
import { EngineError } from '../core/errors';
import type { ContainerState } from './api';
import type { EngineClient } from './client';
import { findDeployment, type DeployedContainer } from './deployment';

const STATES: Readonly<Record<Exclude<ContainerState, 'running'>, string>> = {
  created: 'was made and has not been started yet',
  paused: 'is frozen',
  restarting: 'ends again and again, and is just being restarted by the engine',
  removing: 'is being removed',
  exited: 'has ended',
  dead: 'has ended, and the engine could not clean up after it',
};

/** @throws EngineError NOT_RUNNING with the state it is in, and what to do */
export async function findRunning(
  client: EngineClient,
  sandbox: OutputSandbox,
  service: string,
): Promise<string> {
  const { containers } = await findDeployment(client, sandbox);
  const own = containers.filter((each) => each.service === service);
  const running = own.find(({ State }) => State === 'running');
  if (running) return running.Id;
  throw new EngineError('NOT_RUNNING', whyNot(`${sandbox.name}/${service}`, sandbox, own[0]));
}

function whyNot(
  name: string,
  sandbox: OutputSandbox,
  container: DeployedContainer | undefined,
): string {
  const start = `run sandbox-cdk start ${sandbox.name} first`;
  if (!container || container.State === 'running') return `${name} was never started; ${start}`;
  const said = ['exited', 'dead', 'restarting'].includes(container.State)
    ? `; sandbox-cdk logs ${name} shows what it said`
    : '';
  return `${name} ${STATES[container.State]}; ${start}${said}`;
}
