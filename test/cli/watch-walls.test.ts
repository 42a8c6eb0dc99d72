/** `validate --watch` against an engine that tells what a test wants it to. */
import { sandboxOf } from '../engine/helpers/subject';
import { FakeEngine } from '../engine/support/fake-engine';
import { watchWalls } from '../../lib/cli/commands/watch-walls';
import { recordedIo } from './helpers/recorded-io';

let engine: FakeEngine;

beforeEach(async () => {
  engine = new FakeEngine();
  await engine.listen();
});
afterEach(() => engine.close());

test('why a sandbox cannot be looked at is told without an agent’s escape sequences', async () => {
  engine.handle('GET /events', (_request, response) => response.writeHead(200).flushHeaders());
  engine.handle('GET /containers/json', (_request, response) => {
    response.setHeader('Content-Type', 'application/json').end('[]');
    engine.refuse('GET /containers/json', 500, 'no \u001b[2Jsuch\u009b8m thing');
  });
  const io = { ...recordedIo(), isHeard: () => false };
  let said = '';
  io.tell = (text) => (said += `${text}\n`);
  await watchWalls(
    {
      client: engine.client,
      sandboxes: [sandboxOf(engine.folder)],
      allowUnproven: new Map(),
      json: false,
    },
    { io, cwd: engine.folder, env: {} },
  );
  expect(said).toMatch(/^lab: .*no such thing/);
  expect(said).not.toMatch(/(?!\n)\p{Cc}/u);
});
