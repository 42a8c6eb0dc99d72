/** The runner against an engine that answers as it is told; a real one is in test/end-to-end. */
import type { Duplex } from 'node:stream';
import type { ContainerInspect } from '../../../lib/engine/api';
import { differences } from '../../../lib/engine/demo/aftermath';
import type { Attack } from '../../../lib/engine/demo/attack';
import { isHeld, runDemo } from '../../../lib/engine/demo/run';
import { CAPTURE_LIMITS } from '../../../lib/engine/execute';
import { FakeEngine, frame } from '../support/fake-engine';

const ID = 'c'.repeat(64);
const attack = (id: string): Attack => ({
  ...{ id, title: id, walls: ['F1'], script: '', refusals: ['EROFS'] },
});

const inspected = (state: object = {}, more: object = {}) =>
  ({
    Id: ID,
    RestartCount: 0,
    Config: {},
    HostConfig: { Memory: 1024, PidsLimit: null },
    State: { Running: true, Pid: 7, StartedAt: 'then', Health: { Status: 'healthy' }, ...state },
    ...more,
  }) as unknown as ContainerInspect;

let engine: FakeEngine;
beforeEach(async () => {
  engine = new FakeEngine();
  await engine.listen();
  engine.answer(`GET /containers/${ID}/json`, inspected());
  engine.answer(`GET /containers/${ID}/top`, { Processes: [['7', 'sleep infinity']] });
  engine.answer(`POST /containers/${ID}/exec`, { Id: 'e1' });
  engine.answer('GET /exec/e1/json', { Running: false, Pid: 0, ExitCode: 0 });
});
afterEach(() => engine.close());

const answers = (text: string) => {
  engine.onAttach = (socket) => void socket.end(frame('stdout', text));
};

function run(signal?: AbortSignal) {
  const said: string[] = [];
  const demo = runDemo({
    client: engine.client,
    container: ID,
    attacks: [attack('one'), attack('two')],
    onStep: (doing) => said.push(doing),
    onResult: ({ id, outcome }) => said.push(`${id} ${outcome}`),
    signal,
  });
  return { said, demo };
}

test('attacks are tried in turn, and told as they happen', async () => {
  answers('{"refusal":"EROFS"}');
  const { said, demo } = run();
  expect(isHeld(await demo)).toBe(true);
  expect(said).toEqual(['one', 'one refused', 'two', 'two refused', 'looking at what is left']);
});

test('what the engine refuses to run was not tried', async () => {
  engine.refuse(`POST /containers/${ID}/exec`, 409, 'it is not running');
  const demo = await run().demo;
  expect(demo.attacks.map(({ outcome }) => outcome)).toEqual(['untried', 'untried']);
  expect(demo.attacks[0]!.detail).toContain('it is not running');
  expect(isHeld(demo)).toBe(false);
});

test('of an attack that says more than any answer only the beginning is kept', async () => {
  answers(`{"done":"it went"}${' '.repeat(CAPTURE_LIMITS.bytes)}and more`);
  const demo = await run().demo;
  expect(demo.attacks[0]).toMatchObject({ outcome: 'succeeded', detail: 'it went' });
});

test('an engine that goes away in the middle is told as that', async () => {
  engine.handle(`POST /containers/${ID}/exec`, (request) => request.socket.destroy());
  await expect(run().demo).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
});

test('an interruption ends the input of the attack, waits for it, and tries no other', async () => {
  const controller = new AbortController();
  let isEnded = false;
  engine.onAttach = (socket: Duplex) => {
    socket.resume().on('end', () => {
      isEnded = true;
      socket.end(frame('stdout', '{"untried":"interrupted"}'));
    });
    setTimeout(() => controller.abort(), 50);
  };
  const { said, demo } = run(controller.signal);
  await expect(demo).rejects.toMatchObject({ code: 'INTERRUPTED' });
  expect({ isEnded, said }).toEqual({ isEnded: true, said: ['one'] });
});

test('attackers that are still there are told', async () => {
  answers('{"refusal":"EROFS"}');
  const Processes = [['9', 'python3 -c # sandbox-cdk demo import errno']];
  engine.answer(`GET /containers/${ID}/top`, { Processes });
  const demo = await run().demo;
  expect(demo.changes).toEqual(["1 of the attackers' processes still run"]);
  expect(isHeld(demo)).toBe(false);
}, 20_000);

test('a health check that failed meanwhile is waited for', async () => {
  answers('{"refusal":"EROFS"}');
  const health = ['healthy', 'unhealthy', 'unhealthy', 'healthy'];
  engine.handle(`GET /containers/${ID}/json`, (_request, response) => {
    const Health = { Status: health.shift() ?? 'healthy' };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(inspected({ Health })));
  });
  const { said, demo } = run();
  expect((await demo).changes).toEqual([]);
  expect(said).toContain('waiting for the next health check');
});

describe('a container', () => {
  test('that is as it was has no differences', () => {
    expect(differences(inspected(), inspected())).toEqual([]);
  });

  test('that ended says how', () => {
    const ended = inspected({ Running: false, ExitCode: 137 });
    expect(differences(inspected(), ended)).toEqual(['the container ended with exit code 137']);
  });

  test('that was started again says so, and who did it', () => {
    const again = inspected({ Pid: 8, StartedAt: 'now' }, { RestartCount: 1 });
    expect(differences(inspected(), again)).toEqual([
      'the container was started again',
      'the engine restarted it 1 times',
    ]);
  });

  test('whose health check began to fail says so; one that was not healthy has lost nothing', () => {
    const ill = inspected({ Health: { Status: 'unhealthy' } });
    expect(differences(inspected(), ill)).toEqual(['its health check fails now']);
    expect(differences(inspected({ Health: { Status: 'starting' } }), ill)).toEqual([]);
  });
});
