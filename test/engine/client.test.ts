import * as fs from 'node:fs';
import * as http from 'node:http';
import type * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { EngineClient, labelled } from '../../lib/engine/client';
import { capture } from '../../lib/engine/execute';

/** An engine with faults that a real one does not have on demand. */
describe('an engine', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-client-'));
  const socket = path.join(folder, 'engine.sock');
  let answer: http.RequestListener;
  const server = http.createServer((request, response) => answer(request, response));
  const client = () => EngineClient.of({ DOCKER_HOST: `unix://${socket}` });

  beforeAll((done) => void server.listen(socket, done));
  afterAll((done) => {
    server.close(done);
    server.closeAllConnections();
    fs.rmSync(folder, { recursive: true });
  });

  test('is asked with the query and the body, and its JSON is given back', async () => {
    const seen: unknown[] = [];
    answer = (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push([request.method, request.url, body]);
        response.setHeader('Content-Type', 'application/json').end('{"Id":"x"}');
      });
    };
    const query = { all: true, filters: '{"label":["a=b c"]}', left: undefined };
    expect(await client().post('/thing', { query, body: { Name: 'é' } })).toEqual({ Id: 'x' });
    expect(seen).toEqual([
      ['POST', '/thing?all=true&filters=%7B%22label%22%3A%5B%22a%3Db+c%22%5D%7D', '{"Name":"é"}'],
    ]);
  });

  test('that has nothing to say, or did it before, is content', async () => {
    for (const status of [204, 304]) {
      answer = (_request, response) => response.writeHead(status).end();
      expect(await client().post('/thing')).toBeUndefined();
    }
  });

  test('that refuses is quoted, with the status', async () => {
    answer = (_request, response) => response.writeHead(409).end('{"message":"name in use"}');
    await expect(client().get('/thing')).rejects.toMatchObject({
      code: 'ENGINE_REFUSED',
      status: 409,
      message: 'the engine refused /thing: name in use',
    });
    await expect(client().stream('GET', '/thing')).rejects.toMatchObject({ status: 409 });
    await expect(client().upgrade('/thing', {})).rejects.toMatchObject({ status: 409 });
  });

  test('that refuses without JSON, or without a word, is quoted too', async () => {
    answer = (_request, response) => response.writeHead(500).end('proxy error');
    await expect(client().get('/thing')).rejects.toThrow('proxy error');
    answer = (_request, response) => response.writeHead(500).end();
    await expect(client().get('/thing')).rejects.toThrow('without a reason');
  });

  test('that turns the connection into a stream is heard from its first byte, and hears', async () => {
    server.once('upgrade', (_request, socket: net.Socket) => {
      socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nfirst ');
      socket.on('data', (data) => socket.end(`heard ${data.toString()}`));
    });
    const socket = await client().upgrade('/exec/x/start', {});
    socket.write('hello');
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toMatch(/^first heard .*hello$/);
  });

  test('runs a program, and tells its streams apart and how it ended', async () => {
    const asked: unknown[] = [];
    answer = (request, response) => {
      const json = (value: object) =>
        response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value));
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        if (request.url === '/containers/c/exec') {
          asked.push(JSON.parse(body));
          json({ Id: 'e' });
        } else if (request.url === '/exec/e/json') json({ ExitCode: 3 });
        else {
          response.write(Buffer.from([1, 0, 0, 0, 0, 0, 0, 3, 0x6f, 0x75]));
          response.end(Buffer.from([0x74, 2, 0, 0, 0, 0, 0, 0, 2, 0xc3, 0xa9]));
        }
      });
    };
    const captured = await capture(client(), 'c', { command: ['a', 'b c'], user: '1:1' });
    expect(captured).toEqual({ exitCode: 3, stdout: 'out', stderr: 'é' });
    expect(asked).toEqual([
      expect.objectContaining({ Cmd: ['a', 'b c'], User: '1:1', Tty: false }),
    ]);
  });

  test('that goes away in the middle is unreachable', async () => {
    answer = (request) => request.socket.destroy();
    await expect(client().get('/thing')).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
  });

  test('that goes away in the middle of its answer is told as that', async () => {
    answer = (request, response) => {
      response.setHeader('Content-Type', 'application/json').setHeader('Content-Length', 100);
      response.write('{"Id":', () => request.socket.destroy());
    };
    const gone = {
      code: 'ENGINE_UNREACHABLE',
      message: expect.stringMatching(/^the engine went away while it answered at unix:/) as string,
    };
    await expect(client().get('/thing')).rejects.toMatchObject(gone);
    await expect(capture(client(), 'c', { command: ['x'] })).rejects.toMatchObject(gone);
    const response = await client().stream('GET', '/thing');
    const readAll = async () => {
      for await (const chunk of client().chunksOf(response)) expect(chunk.length).toBe(6);
    };
    await expect(readAll()).rejects.toMatchObject(gone);
  });

  test('is not asked any more once the person has interrupted', async () => {
    answer = () => controller.abort();
    const controller = new AbortController();
    const request = { signal: controller.signal };
    await expect(client().stream('GET', '/thing', request)).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
  });

  test('that has no JSON where an engine has some is none', async () => {
    answer = (_request, response) => response.setHeader('Content-Type', 'text/html').end('<p>hi');
    await expect(client().get('/containers/json')).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      message: expect.stringContaining(
        'is no container engine: it has no JSON at /containers/json',
      ) as string,
    });
  });

  test('that calls something JSON that is none, is none', async () => {
    for (const text of ['{"Id":', '<p>hi']) {
      answer = (_request, response) =>
        response.setHeader('Content-Type', 'application/json').end(text);
      await expect(client().get('/info')).rejects.toMatchObject({
        code: 'ENGINE_UNREACHABLE',
        message: expect.stringContaining('its answer at /info is no JSON') as string,
      });
    }
  });

  test('that falls silent in the middle of its answer is given up, and that is told', async () => {
    answer = (_request, response) => {
      response.setHeader('Content-Type', 'application/json').write('{"Id":');
    };
    await expect(client().post('/thing', { timeout: 100 })).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      message: expect.stringMatching(/^the engine went away.*: no answer in 0\.1 s; /) as string,
    });
  });

  test('that says nothing is given up', async () => {
    answer = () => undefined;
    await expect(client().post('/thing', { timeout: 30 })).rejects.toThrow('no answer in 0.03 s');
  });

  test('that is not there is told, with what chose it and what to do', async () => {
    const nowhere = EngineClient.of({ DOCKER_HOST: `unix://${folder}/nothing.sock` });
    await expect(nowhere.get('/info')).rejects.toThrow(
      /no container engine answers at unix:.*nothing\.sock \(DOCKER_HOST\): .*ENOENT.*; start it, or name another/,
    );
  });
});

test('labels are compared whole, every one of them', () => {
  expect(labelled({ a: 'b c', d: '' })).toBe('{"label":["a=b c","d="]}');
});
