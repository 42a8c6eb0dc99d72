/** Watching, against an engine that tells what a test wants it to. */
import type * as http from 'node:http';
import type { OutputSandbox } from '../../lib/assembly/read';
import type { SandboxEvent } from '../../lib/engine/events';
import { watchSandboxes } from '../../lib/engine/watch';
import { FakeEngine } from './support/fake-engine';

const SANDBOX = {
  name: 'lab',
  folder: '/nowhere/sandbox.out/lab',
  manifest: { services: ['agent'] },
} as unknown as OutputSandbox;
const LABELS = {
  'com.docker.compose.project.working_dir': SANDBOX.folder,
  'com.docker.compose.service': 'agent',
};

let engine: FakeEngine;
let controller: AbortController;
/** Writes events, once somebody listens. */
let events: http.ServerResponse;
let looks: (readonly SandboxEvent[])[];
/** Resolves at the next look. */
let looked: () => Promise<void>;
let watching: Promise<void>;

beforeEach(async () => {
  engine = new FakeEngine();
  await engine.listen();
  engine.answer('GET /containers/json', [{ Id: 'c1', Labels: LABELS, State: 'running' }]);
  engine.handle('GET /events', (_request, response) => {
    events = response;
    response.writeHead(200).flushHeaders();
  });
  controller = new AbortController();
  looks = [];
  let wake: () => void = () => undefined;
  looked = () => new Promise<void>((resolve) => (wake = resolve));
  const first = looked();
  watching = watchSandboxes(engine.client, [SANDBOX], controller.signal, (_sandbox, seen) => {
    looks.push(seen);
    wake();
    return Promise.resolve();
  });
  watching.catch(() => undefined);
  await first;
});

afterEach(async () => {
  controller.abort();
  await watching.catch(() => undefined);
  await engine.close();
});

function container(action: string, id = 'c1', labels: object = LABELS) {
  return {
    Type: 'container',
    Action: action,
    Actor: { ID: id, Attributes: labels },
    timeNano: 1e18,
  };
}

function network(action: string, id: string) {
  return {
    Type: 'network',
    Action: action,
    Actor: { ID: 'n1', Attributes: { container: id, name: 'bridge' } },
    timeNano: 1e18,
  };
}

function tell(...list: object[]): void {
  for (const event of list) events.write(`${JSON.stringify(event)}\n`);
}

test('looks once at first, and again after what happened, all of it at once', async () => {
  expect(looks).toEqual([[]]);
  const again = looked();
  tell(container('die'), container('start'));
  await again;
  expect(looks[1]).toEqual([
    { sandbox: 'lab', service: 'agent', action: 'die', time: '2001-09-09T01:46:40.000Z' },
    { sandbox: 'lab', service: 'agent', action: 'start', time: '2001-09-09T01:46:40.000Z' },
  ]);
});

test('knows by its id the container that a network is attached to', async () => {
  const again = looked();
  tell(network('connect', 'c1'));
  await again;
  expect(looks[1]).toMatchObject([{ action: 'connect', service: 'agent' }]);
});

test('is not disturbed by other containers, nor by looking itself', async () => {
  const again = looked();
  tell(
    container('start', 'c2', { 'com.docker.compose.project.working_dir': `${SANDBOX.folder}2` }),
    container('start', 'c3', {}),
    network('connect', 'c2'),
    container('exec_start: true'),
    container('health_status: healthy'),
    container('oom'),
  );
  await again;
  expect(looks[1]).toMatchObject([{ action: 'oom' }]);
});

test('knows containers that are made later', async () => {
  const again = looked();
  tell(container('create', 'c9'), network('connect', 'c9'));
  await again;
  expect(looks[1]!.map(({ action }) => action)).toEqual(['create', 'connect']);
});

test('ends when it is told to', async () => {
  controller.abort();
  await expect(watching).resolves.toBeUndefined();
});

test.each([
  ['cuts the connection', () => void events.destroy()],
  ['ends', () => void events.end()],
])('fails when the engine %s', async (_what, leave) => {
  leave();
  await expect(watching).rejects.toThrow(/the engine went away/);
});
