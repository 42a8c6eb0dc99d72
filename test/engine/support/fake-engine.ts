/** An engine that answers as a test wants it to: for faults, and states, that a real one has not on demand. */
import * as fs from 'node:fs';
import * as http from 'node:http';
import type * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Duplex } from 'node:stream';
import { EngineClient } from '../../../lib/engine/client';
import type { Channel } from '../../../lib/engine/frames';

export class FakeEngine {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-engine-'));
  readonly socket = path.join(this.folder, 'engine.sock');
  /** What was asked for, in order. */
  readonly asked: string[] = [];
  /** Takes the connection of a program that is attached to. */
  onAttach: (socket: Duplex) => void = (socket) => socket.end();
  private readonly answers = new Map<string, http.RequestListener>();
  private readonly server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://engine');
    this.asked.push(`${request.method} ${request.url}`);
    const answer = this.answers.get(`${request.method} ${pathname}`);
    if (answer) answer(request, response);
    else response.writeHead(404).end('{"message":"no such thing"}');
  });

  async listen(): Promise<void> {
    this.server.on('upgrade', (_request, socket: net.Socket) => {
      socket.on('error', () => undefined);
      socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
      this.onAttach(socket);
    });
    await new Promise<void>((resolve) => this.server.listen(this.socket, resolve));
  }

  /** @param what method and path: `GET /containers/json` */
  answer(what: string, value: object): void {
    this.handle(what, (_request, response) => {
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value));
    });
  }

  refuse(what: string, status: number, message: string): void {
    this.handle(what, (_request, response) => {
      response.writeHead(status).end(JSON.stringify({ message }));
    });
  }

  handle(what: string, answer: http.RequestListener): void {
    this.answers.set(what, answer);
  }

  get client(): EngineClient {
    return EngineClient.of({ DOCKER_HOST: `unix://${this.socket}` });
  }

  close(): Promise<void> {
    fs.rmSync(this.folder, { recursive: true, force: true });
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

/** As the engine writes it: channel, three zeros, length with the big end first, data. */
export function frame(channel: Channel, data: Uint8Array | string): Buffer {
  const body = Buffer.from(data as string);
  const header = Buffer.from([channel === 'stderr' ? 2 : 1, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}
