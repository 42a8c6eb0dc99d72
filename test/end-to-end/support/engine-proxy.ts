/** Stands between the command and the real engine, and goes away, or falls silent, when a test says so. */
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { findEndpoint } from '../../../lib/engine/endpoint';

/** What happens to the first request that matches. */
export type Fault =
  /** The engine goes away before it answers. */
  | 'cut'
  /** The engine goes away in the middle of its answer. */
  | 'cut in the answer'
  /** The engine never answers. */
  | 'hold'
  /** None: the test only wants to know. */
  | 'pass';

const REQUEST = /^(?:GET|HEAD|POST|PUT|DELETE) \S+/;

export class EngineProxy {
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-proxy-'));
  private readonly socket = path.join(this.folder, 'engine.sock');
  private readonly connections = new Set<net.Socket>();
  private readonly server = net.createServer((client) => this.connect(client));
  private pattern: RegExp | undefined;
  private fault: Fault = 'cut';
  private struck: () => void = () => undefined;

  /** What the command has to be told to take this for the engine. */
  readonly env = { DOCKER_HOST: `unix://${this.socket}` };

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(this.socket, resolve));
    fs.chmodSync(this.folder, 0o755);
    fs.chmodSync(this.socket, 0o666);
    return this;
  }

  /** @returns resolves when it has happened */
  async on(pattern: RegExp, fault: Fault): Promise<void> {
    this.pattern = pattern;
    this.fault = fault;
    await new Promise<void>((resolve) => (this.struck = resolve));
  }

  /** The engine goes away, for everybody. */
  cut(): void {
    this.server.close();
    for (const socket of this.connections) socket.destroy();
  }

  close(): void {
    this.cut();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private connect(client: net.Socket): void {
    const engine = net.connect(engineSocket());
    let isCutNext = false;
    const pass = (from: net.Socket, to: net.Socket, forward: (chunk: Buffer) => void) => {
      this.connections.add(from);
      from.on('data', forward).on('end', () => to.end());
      from.on('error', () => to.destroy()).on('close', () => this.connections.delete(from));
    };
    pass(client, engine, (chunk) => {
      const request = REQUEST.exec(chunk.toString('latin1'))?.[0];
      const fault = request === undefined ? undefined : this.faultOf(request);
      isCutNext = fault === 'cut in the answer';
      if (fault === undefined || fault === 'pass' || isCutNext) engine.write(chunk);
      if (fault === 'cut') this.cut();
    });
    pass(engine, client, (chunk) => {
      if (isCutNext) client.write(chunk.subarray(0, -8), () => this.cut());
      else client.write(chunk);
    });
  }

  private faultOf(request: string): Fault | undefined {
    if (!this.pattern?.test(request)) return undefined;
    if (this.fault !== 'hold') this.pattern = undefined;
    this.struck();
    return this.fault;
  }
}

function engineSocket(): string {
  const { host } = findEndpoint(process.env);
  if (!host.startsWith('unix://')) throw new Error(`these tests need a Unix socket, not ${host}`);
  return host.slice('unix://'.length);
}
