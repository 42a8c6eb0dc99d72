import type { OutputSandbox } from '../../lib/assembly/read';
import { findDeployment } from '../../lib/engine/deployment';
import { findRunning } from '../../lib/engine/running';
import { sandboxOf } from './helpers/subject';
import { FakeEngine } from './support/fake-engine';

let engine: FakeEngine;
beforeEach(async () => {
  engine = new FakeEngine();
  await engine.listen();
});
afterEach(() => engine.close());

function containers(...list: readonly { service: string; State: string; Id?: string }[]): void {
  engine.answer(
    'GET /containers/json',
    list.map(({ service, State, Id = service }) => ({
      Id,
      State,
      Labels: {
        'com.docker.compose.service': service,
        'com.docker.compose.project': 'as-it-was-started',
      },
    })),
  );
}

const sandbox = (): OutputSandbox => sandboxOf(engine.folder);
const find = () => findRunning(engine.client, sandbox(), 'agent');

test('a running container is found by its service, whole', async () => {
  containers(
    { service: 'agent-2', State: 'running' },
    { service: 'agent', State: 'exited', Id: 'old' },
    { service: 'agent', State: 'running', Id: 'new' },
  );
  expect(await find()).toBe('new');
});

test.each([
  ['created', 'was made and has not been started yet; run sandbox-cdk start lab first'],
  ['paused', 'is frozen; run sandbox-cdk start lab first'],
  ['restarting', 'ends again and again, and is just being restarted by the engine'],
  ['removing', 'is being removed'],
  [
    'exited',
    'has ended; run sandbox-cdk start lab first; sandbox-cdk logs lab/agent shows what it said',
  ],
  ['dead', 'has ended, and the engine could not clean up after it'],
])('one that is %s is told with what to do', async (State, words) => {
  containers({ service: 'agent', State });
  await expect(find()).rejects.toMatchObject({
    code: 'NOT_RUNNING',
    message: expect.stringContaining(`lab/agent ${words}`) as string,
  });
});

test('one that is not there was never started', async () => {
  containers();
  await expect(find()).rejects.toThrow('lab/agent was never started; run sandbox-cdk start lab');
});

test('containers are asked for by the whole label of their folder', async () => {
  containers({ service: 'agent', State: 'running' });
  const { project } = await findDeployment(engine.client, sandbox());
  expect(project).toBe('as-it-was-started');
  const { searchParams } = new URL(engine.asked[0]!.slice('GET '.length), 'http://engine');
  expect(searchParams.get('all')).toBe('true');
  expect(searchParams.get('filters')).toContain(
    `com.docker.compose.project.working_dir=${engine.folder}"`,
  );
});
