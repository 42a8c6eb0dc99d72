import * as fc from 'fast-check';
import type { DeployedContainer } from '../../lib/engine/deployment';
import { stopNow, stopSandbox, waves } from '../../lib/engine/stop';
import { sandboxOf } from './helpers/subject';
import { FakeEngine } from './support/fake-engine';

function container(service: string, ...needs: string[]): DeployedContainer {
  const label = needs.map((name) => `${name}:service_healthy:false`).join(',');
  return {
    service,
    Labels: label ? { 'com.docker.compose.depends_on': label } : {},
  } as unknown as DeployedContainer;
}

const names = (containers: readonly DeployedContainer[]) =>
  waves(containers).map((wave) => wave.map(({ service }) => service));

test('who needs another one is stopped before it', () => {
  expect(
    names([container('db'), container('agent', 'proxy', 'db'), container('proxy', 'db')]),
  ).toEqual([['agent'], ['proxy'], ['db']]);
});

test('who needs nobody is stopped at once, and nobody waits for who is not there', () => {
  expect(names([container('a'), container('b', 'gone')])).toEqual([['a', 'b']]);
  expect(names([])).toEqual([]);
});

test('a circle is stopped at once, and who needs only itself is none', () => {
  expect(names([container('a', 'b'), container('b', 'a')])).toEqual([['a', 'b']]);
  expect(names([container('a', 'a')])).toEqual([['a']]);
});

test('whatever needs whatever, everybody is stopped once', () => {
  const service = fc.constantFrom('a', 'b', 'c', 'd');
  fc.assert(
    fc.property(fc.dictionary(service, fc.uniqueArray(service)), (needs) => {
      const all = Object.entries(needs).map(([name, others]) => container(name, ...others));
      expect(names(all).flat().sort()).toEqual(Object.keys(needs).sort());
    }),
  );
});

describe('a stop', () => {
  let engine: FakeEngine;
  beforeEach(async () => {
    engine = new FakeEngine();
    await engine.listen();
  });
  afterEach(() => engine.close());

  /** State by service, as the engine gives it now. */
  const states = new Map<string, string>();
  beforeEach(() => states.clear());

  function containers(given: Record<string, string>, needs: Record<string, string> = {}): void {
    for (const [service, state] of Object.entries(given)) states.set(service, state);
    engine.handle('GET /containers/json', (_request, response) => {
      const list = [...states].map(([service, State]) => ({
        Id: service,
        State,
        Labels: {
          'com.docker.compose.service': service,
          'com.docker.compose.depends_on': needs[service] ? `${needs[service]}:started:false` : '',
        },
      }));
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(list));
    });
    for (const service of Object.keys(given)) {
      engine.answer(`GET /containers/${service}/json`, { Config: { StopTimeout: 1 } });
      for (const [action, state] of Object.entries(BECOMES)) becomes(service, action, state);
    }
  }

  const BECOMES = {
    pause: 'paused',
    unpause: 'running',
    stop: 'exited',
    kill: 'exited',
    wait: undefined,
  };

  function becomes(service: string, action: string, state: string | undefined): void {
    engine.handle(`POST /containers/${service}/${action}`, (_request, response) => {
      if (state !== undefined) states.set(service, state);
      response.writeHead(204).end();
    });
  }

  /** What was done, without the looks. */
  const done = () =>
    engine.asked
      .filter((line) => line.startsWith('POST'))
      .map((line) => line.replace('POST /containers/', '').replace(/\?.*/, ''));
  const sandbox = () => sandboxOf(engine.folder);

  test('asks what lives to end, dependents first, and tells what became of it', async () => {
    containers({ db: 'running', agent: 'running', old: 'exited' }, { agent: 'db' });
    expect(await stopSandbox(engine.client, sandbox())).toEqual([
      { service: 'db', container: 'db', before: 'running', after: 'exited' },
      { service: 'agent', container: 'agent', before: 'running', after: 'exited' },
    ]);
    expect(done()).toEqual(['agent/stop', 'db/stop']);
  });

  test('lets a frozen one go on first, for it could not hear', async () => {
    containers({ agent: 'paused' });
    expect(await stopSandbox(engine.client, sandbox())).toMatchObject([{ before: 'paused' }]);
    expect(done()).toEqual(['agent/unpause', 'agent/stop']);
  });

  test('of what does not run does nothing', async () => {
    containers({ agent: 'exited', other: 'created' });
    for (const stop of [stopSandbox, stopNow])
      expect(await stop(engine.client, sandbox())).toEqual([]);
    expect(done()).toEqual([]);
  });

  test('in an emergency freezes everything before anything is ended', async () => {
    containers({ a: 'running', b: 'running', c: 'paused' });
    await stopNow(engine.client, sandbox());
    const actions = done().map((line) => line.split('/')[1]);
    expect(actions).toEqual([
      ...['pause', 'pause'],
      ...['kill', 'kill', 'kill'],
      ...['wait', 'wait', 'wait'],
    ]);
  });

  test('in an emergency ends also what cannot be frozen', async () => {
    containers({ agent: 'restarting' });
    engine.refuse('POST /containers/agent/pause', 409, 'is restarting');
    expect(await stopNow(engine.client, sandbox())).toMatchObject([{ after: 'exited' }]);
  });

  test.each([
    ['stop', stopSandbox],
    ['kill', stopNow],
  ] as const)('believes nobody: what still runs after %s is told', async (action, stop) => {
    containers({ agent: 'running' });
    becomes('agent', action, undefined);
    await expect(stop(engine.client, sandbox())).rejects.toMatchObject({
      code: 'NOT_STOPPED',
      message: expect.stringMatching(
        /^lab is not stopped: agent \((?:running|paused)\); try .* --now, or stop the engine$/,
      ) as string,
    });
  });

  test('of a container that is gone after it is fine', async () => {
    containers({ agent: 'running' });
    engine.handle('POST /containers/agent/stop', (_request, response) => {
      states.clear();
      response.writeHead(204).end();
    });
    expect(await stopSandbox(engine.client, sandbox())).toMatchObject([{ after: 'removing' }]);
  });

  test.each([
    ['GET', 'json', 404, 'no such container'],
    ['POST', 'stop', 404, 'no such container'],
    ['POST', 'stop', 409, 'removal is in progress'],
  ])('of what went by itself at %s %s is fine', async (method, action, status, reason) => {
    containers({ agent: 'running' });
    engine.handle(`${method} /containers/agent/${action}`, (_request, response) => {
      states.clear();
      response.writeHead(status).end(JSON.stringify({ message: reason }));
    });
    expect(await stopSandbox(engine.client, sandbox())).toMatchObject([{ after: 'removing' }]);
  });

  test('asks also what somebody else let go on meanwhile', async () => {
    containers({ agent: 'paused' });
    engine.refuse('POST /containers/agent/unpause', 409, 'is not paused');
    expect(await stopSandbox(engine.client, sandbox())).toMatchObject([{ after: 'exited' }]);
  });

  test('that the engine refuses is told with its reason', async () => {
    containers({ agent: 'running' });
    engine.refuse('POST /containers/agent/stop', 500, 'tried to kill container, but did not');
    await expect(stopSandbox(engine.client, sandbox())).rejects.toThrow('but did not');
  });
});
