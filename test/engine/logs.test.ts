/** Reading logs from an engine that has the faults of a test; a real one is in test/end-to-end. */
import { eachLine, placeOfRecords, readLogs, type LogLine } from '../../lib/engine/logs';
import type { DeployedContainer } from '../../lib/engine/deployment';
import { FakeEngine, frame } from './support/fake-engine';

const TIME = '2026-01-02T03:04:05.000000001Z';
const container = { Id: 'c1', service: 'agent' } as unknown as DeployedContainer;

let engine: FakeEngine;
beforeEach(async () => {
  engine = new FakeEngine();
  await engine.listen();
  inspect({});
});
afterEach(() => engine.close());

const inspect = ({ Tty = false, Type = 'json-file', Config = {} }) =>
  engine.answer('GET /containers/c1/json', {
    Id: 'c1',
    Config: { Tty },
    HostConfig: { LogConfig: { Type, Config } },
  });

test('everything is asked for with times, and the last lines of what is newer', async () => {
  engine.handle('GET /containers/c1/logs', (_request, response) => {
    response.end(frame('stderr', `${TIME} oops\n`));
  });
  expect(await readLogs(engine.client, container, { tail: 5, since: 1.5 })).toEqual([
    { service: 'agent', stream: 'stderr', time: TIME, text: 'oops' },
  ]);
  expect(engine.asked[1]).toBe(
    'GET /containers/c1/logs?stdout=true&stderr=true&timestamps=true&tail=5&since=1.500',
  );
});

test('a container with a terminal of its own has no frames', async () => {
  inspect({ Tty: true });
  engine.handle('GET /containers/c1/logs', (_request, response) => {
    response.end(`${TIME} one\r\n${TIME} two\r\n`);
  });
  const lines = await readLogs(engine.client, container, {});
  expect(lines.map(({ text }) => text)).toEqual(['one', 'two']);
});

test('following ends when it is told to, with what was begun', async () => {
  engine.handle('GET /containers/c1/logs', (_request, response) => {
    response.write(frame('stdout', `${TIME} whole\n`));
    response.write(frame('stdout', `${TIME} half`));
  });
  const controller = new AbortController();
  const lines: LogLine[] = [];
  await eachLine(engine.client, container, { follow: true, signal: controller.signal }, (line) => {
    lines.push(line);
    controller.abort();
  });
  expect(lines.map(({ text }) => text)).toEqual(['whole', 'half']);
});

test('an engine that goes away in the middle is told', async () => {
  engine.handle('GET /containers/c1/logs', (request, response) => {
    response.write(frame('stdout', `${TIME} x\n`), () => request.socket.destroy());
  });
  await expect(readLogs(engine.client, container, {})).rejects.toMatchObject({
    code: 'ENGINE_UNREACHABLE',
  });
});

test('what the engine cannot read back is told with the place where it is', async () => {
  inspect({ Type: 'gelf', Config: { 'gelf-address': 'udp://logs.example:12201' } });
  engine.refuse('GET /containers/c1/logs', 501, 'does not support reading');
  await expect(readLogs(engine.client, container, {})).rejects.toMatchObject({
    code: 'LOGS_ELSEWHERE',
    message:
      'the engine cannot read back what agent said: its logging driver is gelf, which sends it to udp://logs.example:12201',
  });
});

test('any other refusal is quoted', async () => {
  engine.refuse('GET /containers/c1/logs', 409, 'being removed');
  await expect(readLogs(engine.client, container, {})).rejects.toThrow('being removed');
});

test.each([
  ['none', {}, 'which keeps nothing'],
  ['journald', {}, "see journalctl CONTAINER_ID_FULL=c1 on the engine's host"],
  ['syslog', {}, "which sends it to the syslog of the engine's host"],
  ['syslog', { 'syslog-address': 'tcp+tls://logs:6514' }, 'which sends it to tcp+tls://logs:6514'],
  ['awslogs', { 'awslogs-group': 'agents' }, 'which sends it to agents'],
  ['acme/plugin', {}, 'and logging in docker-compose.yml says where it sends it'],
])('of the driver %s with %j: %s', (Type, Config, place) => {
  expect(placeOfRecords({ Type, Config }, 'c1')).toBe(place);
});
