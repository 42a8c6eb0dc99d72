/** `stop` and `restart` against an engine that refuses what a test wants it to. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { restart } from '../../lib/cli/commands/restart';
import { stop } from '../../lib/cli/commands/stop';
import { removeFolders, written } from '../assembly/support';
import { FakeEngine } from '../engine/support/fake-engine';
import { recordedIo } from './helpers/recorded-io';

let engine: FakeEngine;
let folder: string;

beforeEach(async () => {
  engine = new FakeEngine();
  await engine.listen();
  folder = written();
});
afterEach(async () => {
  removeFolders();
  await engine.close();
});

const io = { ...recordedIo(), isHeard: () => false };
const context = () => ({
  io,
  cwd: folder,
  env: { DOCKER_HOST: `unix://${engine.socket}`, XDG_STATE_HOME: path.join(folder, '..') },
});
const done = () => engine.asked.filter((line) => line.startsWith('POST'));

describe('restart', () => {
  const options = () => ({ output: folder, all: true, timeout: 1 });

  test('stops nothing for an --allow-unproven that start would refuse', async () => {
    const given = { ...options(), allowUnproven: ['Z99=the vendor patches this host'] };
    await expect(restart([], given, context())).rejects.toThrow('there is no wall Z99');
    expect(engine.asked).toEqual([]);
  });

  test('stops nothing when one of the folders was edited', async () => {
    fs.appendFileSync(path.join(folder, 'payments/docker-compose.yml'), '# by hand');
    await expect(restart([], options(), context())).rejects.toMatchObject({
      code: 'OUTPUT_EDITED',
    });
    expect(engine.asked).toEqual([]);
  });
});

test('stop --all --now: one that fails keeps no other from being stopped', async () => {
  let isAlive = true;
  engine.handle('GET /containers/json', (request, response) => {
    if (request.url!.includes('billing')) {
      response.writeHead(500).end('{"message":"a broken disk"}');
      return;
    }
    const State = isAlive ? 'running' : 'exited';
    const Labels = { 'com.docker.compose.service': 'agent' };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify([{ Id: 'a', State, Labels, Names: ['/a'] }]));
  });
  engine.handle('POST /containers/a/kill', (_request, response) => {
    isAlive = false;
    // Later than the other one's failure.
    setTimeout(() => response.writeHead(204).end(), 100);
  });
  const told: string[] = [];
  const listening = { ...context(), io: { ...io, tell: (text: string) => told.push(text) } };
  const options = { output: folder, all: true, now: true };
  await expect(stop([], options, listening)).rejects.toThrow('a broken disk');
  expect(done().map((line) => line.replace(/\?.*/, ''))).toEqual([
    'POST /containers/a/pause',
    'POST /containers/a/kill',
    'POST /containers/a/wait',
  ]);
  expect(told).toEqual([expect.stringContaining('frozen, then stopped payments')]);
});
