/** What is told of states that a real engine does not show on demand. */
import * as path from 'node:path';
import { isWell, statusOf } from '../../lib/engine/status';
import { rememberVerdict } from '../../lib/engine/state';
import { sandboxOf } from './helpers/subject';
import { FakeEngine } from './support/fake-engine';

let engine: FakeEngine;
beforeEach(async () => {
  engine = new FakeEngine();
  await engine.listen();
});
afterEach(() => engine.close());

const env = () => ({ XDG_STATE_HOME: path.join(engine.folder, 'state') });
const sandbox = () => sandboxOf(engine.folder);

/** @param services state by service */
function containers(services: Readonly<Record<string, object>>): void {
  const list = Object.entries(services).map(([service, state], index) => {
    engine.answer(`GET /containers/c${index}/json`, {
      Id: `c${index}`,
      RestartCount: 0,
      HostConfig: { Runtime: 'runc', NanoCpus: 2e9, Memory: 1024, PidsLimit: 64 },
      State: { Status: 'running', Running: true, Pid: 0, OOMKilled: false, ...state },
    });
    return { Id: `c${index}`, State: 'running', Labels: { 'com.docker.compose.service': service } };
  });
  engine.answer('GET /containers/json', list);
}

const first = async () => (await statusOf(engine.client, sandbox(), env())).services[0]!;

test('a sandbox that was never started says so, and is not well', async () => {
  containers({});
  const status = await statusOf(engine.client, sandbox(), env());
  expect(status.services).toEqual([{ service: 'agent', state: 'none' }]);
  expect(isWell(status)).toBe(false);
});

test('one whose containers were removed after a start says that', async () => {
  containers({});
  rememberVerdict(
    sandbox(),
    env(),
    { isProven: true, services: [{ service: 'agent', results: [] }] },
    { agent: 'c0' },
  );
  expect(await first()).toEqual({ service: 'agent', state: 'removed' });
});

test.each([
  ['running', { Health: { Status: 'healthy', Log: [] } }, true],
  ['running', { Health: { Status: 'starting', Log: null } }, true],
  ['running', {}, true],
  ['running', { Health: { Status: 'unhealthy', Log: [] } }, false],
  ['paused', { Paused: true }, false],
  ['restarting', { Restarting: true }, false],
  ['exited', { Running: false }, false],
  ['created', { Running: false }, false],
  ['dead', { Running: false }, false],
])('%s with %j is well: %s', async (Status, state, well) => {
  containers({ agent: { Status, ...state } });
  const status = await statusOf(engine.client, sandbox(), env());
  expect(status.services[0]!.state).toBe(Status);
  expect(isWell(status)).toBe(well);
});

test('a restart loop shows how it ends', async () => {
  containers({
    agent: { Status: 'restarting', Restarting: true, ExitCode: 3, FinishedAt: 'then' },
  });
  expect(await first()).toMatchObject({ state: 'restarting', exitCode: 3, finishedAt: 'then' });
});

test('the words of a check that failed are there; of one that passed they are not', async () => {
  const log = (ExitCode: number) => [
    { Start: '', End: 'before', ExitCode: 1, Output: 'older' },
    { Start: '', End: 'now', ExitCode, Output: 'broken  read-only' },
  ];
  containers({ agent: { Health: { Status: 'unhealthy', Log: log(1) } } });
  expect((await first()).failedCheck).toEqual({
    at: 'now',
    exitCode: 1,
    output: 'broken  read-only',
  });
  containers({ agent: { Health: { Status: 'healthy', Log: log(0) } } });
  expect((await first()).failedCheck).toBeUndefined();
});

test('what runs and is not in the folder any more is shown, and is not well', async () => {
  containers({ agent: {}, former: {} });
  const status = await statusOf(engine.client, sandbox(), env());
  expect(status.services.map(({ service, isDescribed }) => [service, isDescribed])).toEqual([
    ['agent', undefined],
    ['former', false],
  ]);
  expect(isWell(status)).toBe(false);
});

test('a verdict about an earlier container is not shown for a later one', async () => {
  const results = [{ id: 'N1', title: '', verdict: 'broken', evidence: '' } as const];
  const remember = (id: string) =>
    rememberVerdict(
      sandbox(),
      env(),
      { isProven: false, services: [{ service: 'agent', results }] },
      { agent: id },
    );
  containers({ agent: {} });
  remember('earlier');
  expect((await first()).verdict).toBeUndefined();
  remember('c0');
  expect((await first()).verdict?.counts).toEqual({ proven: 0, broken: 1, unproven: 0 });
});

test('figures that the engine has not are left out', async () => {
  containers({ agent: {} });
  expect((await first()).usage).toEqual({});
});

test('figures of an engine elsewhere are those that it gives', async () => {
  let total = 0;
  containers({ agent: {} });
  engine.handle('GET /containers/c0/stats', (_request, response) => {
    total += 1e6;
    response.setHeader('Content-Type', 'application/json');
    response.end(
      JSON.stringify({
        cpu_stats: { cpu_usage: { total_usage: total } },
        memory_stats: { usage: 900, stats: { inactive_file: 400 } },
        pids_stats: { current: 3 },
      }),
    );
  });
  expect((await first()).usage).toMatchObject({
    cpuLimitPercent: 200,
    memoryBytes: 500,
    memoryLimitBytes: 1024,
    pids: 3,
    pidsLimit: 64,
  });
});
