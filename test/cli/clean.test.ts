/** `clean` against an engine on which something happens while a person thinks. */
import * as path from 'node:path';
import { clean } from '../../lib/cli/commands/clean';
import { FakeEngine } from '../engine/support/fake-engine';
import { recordedIo } from './helpers/recorded-io';

const OUTPUT = path.join(__dirname, '../../sandbox.out');

let engine: FakeEngine;

beforeEach(async () => {
  engine = new FakeEngine();
  await engine.listen();
  engine.answer('GET /networks', []);
  engine.answer('GET /volumes', { Volumes: null });
  engine.answer('GET /images/json', []);
  engine.handle('DELETE /containers/late', (_request, response) => response.writeHead(204).end());
});
afterEach(() => engine.close());

test('says what it removed, which may not be what it found at first', async () => {
  engine.handle('GET /containers/json', (_request, response) => {
    response.setHeader('Content-Type', 'application/json').end('[]');
    engine.answer('GET /containers/json', [{ Id: 'c1', Names: ['/late'], Labels: {} }]);
  });
  const io = recordedIo();
  const env = { DOCKER_HOST: `unix://${engine.socket}`, XDG_STATE_HOME: engine.folder };
  const options = { output: OUTPUT, yes: true, json: true };
  expect(await clean(['solo'], options, { io, cwd: engine.folder, env })).toBe(0);
  expect(JSON.parse(io.stdout)).toMatchObject({
    sandboxes: [{ removed: { containers: ['late'], networks: [], volumes: [], images: [] } }],
  });
});
