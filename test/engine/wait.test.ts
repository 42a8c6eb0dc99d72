/** Waiting for health, against an engine whose container a test lets crash. */
import type { DeployedContainer } from '../../lib/engine/deployment';
import { waitUntilHealthy } from '../../lib/engine/wait';
import { FakeEngine, frame } from './support/fake-engine';

let engine: FakeEngine;

beforeEach(async () => {
  engine = new FakeEngine();
  await engine.listen();
  engine.handle('GET /containers/c1/logs', (_request, response) => {
    response.end(frame('stderr', '2026-01-01T00:00:00.000000000Z no such file\n'));
  });
  engine.answer('POST /containers/c1/exec', { Id: 'e1' });
  engine.handle('POST /exec/e1/start', (_request, response) => response.end());
});
afterEach(() => engine.close());

/** A container that runs, at each look with the next of these counts, and a check that never is content. */
function restarted(...counts: number[]): void {
  engine.handle('GET /containers/c1/json', (_request, response) => {
    const RestartCount = counts.length > 1 ? counts.shift() : counts[0];
    const State = { Status: 'running', Running: true, ExitCode: 3, Error: '' };
    const Config = { Tty: false, Healthcheck: { Test: ['CMD', '/check'] } };
    response
      .setHeader('Content-Type', 'application/json')
      .end(JSON.stringify({ Id: 'c1', RestartCount, State, Config }));
  });
}

function checkEndsWith(ExitCode: number): void {
  engine.answer('GET /exec/e1/json', { Running: false, ExitCode });
}

function wait(): Promise<void> {
  const container = { Id: 'c1', service: 'agent' } as unknown as DeployedContainer;
  const deadline = Date.now() + 2000;
  return waitUntilHealthy({ client: engine.client, sandbox: 'lab', container, deadline });
}

test('one that crashed some time ago, and is healthy since, is healthy', async () => {
  restarted(4);
  checkEndsWith(0);
  await wait();
});

test('one that crashes while it is waited for has ended, and what it said is told', async () => {
  restarted(4, 5);
  checkEndsWith(1);
  await expect(wait()).rejects.toThrow(
    'lab/agent ended with exit code 3; it said:\n  no such file',
  );
});
