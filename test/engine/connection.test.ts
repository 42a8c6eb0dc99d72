import * as fs from 'node:fs';
import * as path from 'node:path';
import { EngineClient } from '../../lib/engine/client';
import { FakeEngine } from './support/fake-engine';

/** An engine behind ssh, to which a `docker` of the test leads. */
describe('an ssh:// engine', () => {
  let engine: FakeEngine;
  beforeEach(async () => {
    engine = new FakeEngine();
    await engine.listen();
  });
  afterEach(() => engine.close());

  /** @param script what `docker` does, in JavaScript */
  function clientThrough(script: string): EngineClient {
    const docker = path.join(engine.folder, 'docker');
    fs.writeFileSync(docker, `#!${process.execPath}\n${script}\n`, { mode: 0o755 });
    return EngineClient.of({ DOCKER_HOST: 'ssh://me@there', PATH: engine.folder });
  }

  const dial = () => `
    if (process.argv.slice(2).join(' ') !== 'system dial-stdio') process.exit(9);
    const socket = require('node:net').connect({ path: ${JSON.stringify(engine.socket)}, allowHalfOpen: true });
    process.stdin.pipe(socket).pipe(process.stdout);
    socket.on('end', () => process.stdin.destroy());
  `;

  test('is spoken to through the docker command, again and again', async () => {
    engine.answer('GET /info', { Name: 'there' });
    const client = clientThrough(dial());
    for (let time = 0; time < 3; time++)
      expect(await client.get('/info')).toEqual({ Name: 'there' });
    const [one, two] = await Promise.all([client.get('/info'), client.get('/info')]);
    expect([one, two]).toEqual([{ Name: 'there' }, { Name: 'there' }]);
  });

  test('gives long answers whole', async () => {
    const long = { text: 'x'.repeat(5_000_000) };
    engine.answer('GET /info', long);
    expect(await clientThrough(dial()).get('/info')).toEqual(long);
  });

  test('carries the streams of a program', async () => {
    engine.onAttach = (socket) => {
      socket.on('data', (data: Buffer) => {
        if (data.includes('hello')) socket.end(`heard ${data.toString()}`);
      });
    };
    const socket = await clientThrough(dial()).upgrade('/exec/x/start', {});
    socket.write('hello');
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    socket.end();
    expect(Buffer.concat(chunks).toString()).toMatch(/^heard [^]*hello/);
  });

  test('that says nothing is given up', async () => {
    engine.handle('POST /thing', () => undefined);
    const request = clientThrough(dial()).post('/thing', { timeout: 1500 });
    await expect(request).rejects.toThrow('no answer in 1.5 s');
  });

  test('that ssh cannot reach is told in its words', async () => {
    const client = clientThrough(
      `process.stderr.write('me@there: Permission denied (publickey).\\n'); process.exitCode = 255;`,
    );
    await expect(client.get('/info')).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      message: expect.stringContaining('Permission denied (publickey)') as string,
    });
  });

  test('without a docker command is told', async () => {
    const client = EngineClient.of({ DOCKER_HOST: 'ssh://me@there', PATH: engine.folder });
    await expect(client.get('/info')).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
  });
});
