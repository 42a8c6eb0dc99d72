/**
 * The Engine API, spoken over HTTP. A client library would take longer to load than most commands
 * may take in all; what is needed of it is a request with JSON in and out, a stream, and an upgrade.
 *
 * Paths carry no version: every engine then answers in its own, and what is read here has been the
 * same since API 1.41 (Engine 20.10).
 */
import type * as http from 'node:http';
import type { Duplex } from 'node:stream';
import { EngineError } from '../core/errors';
import { connectionTo, type Connection } from './connection';
import { findEndpoint, type Endpoint } from './endpoint';
import type { Environment } from './environment';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface EngineRequest {
  readonly query?: Query;
  readonly body?: unknown;
  /** Milliseconds without a sign of life; default 30,000. 0 waits for ever. */
  readonly timeout?: number;
  /** Ends the request, and the stream that answers it. */
  readonly signal?: AbortSignal;
}

const PATIENCE = 30_000;

export class EngineClient {
  private connection: Connection | undefined;

  constructor(
    readonly endpoint: Endpoint,
    private readonly env: Environment,
  ) {}

  /** The engine that the environment names. */
  static of(env: Environment): EngineClient {
    return new EngineClient(findEndpoint(env), env);
  }

  /** @throws EngineError when the engine cannot be reached, or refuses */
  async get<T>(path: string, query?: Query): Promise<T> {
    const answer = await this.json('GET', path, { query });
    if (answer === undefined) throw noEngine(this.endpoint, `it has no JSON at ${path}`);
    return answer as T;
  }

  async post<T = unknown>(path: string, request: EngineRequest = {}): Promise<T> {
    return (await this.json('POST', path, request)) as T;
  }

  async delete(path: string, query?: Query): Promise<void> {
    await this.json('DELETE', path, { query });
  }

  /** The answer as it comes: logs, events, archives, the output of a program. */
  async stream(
    method: 'GET' | 'POST',
    path: string,
    request: EngineRequest = {},
  ): Promise<http.IncomingMessage> {
    const response = await this.send(method, path, request);
    if (isSuccess(response)) return response;
    throw refused(path, response.statusCode ?? 0, await this.textOf(response));
  }

  /**
   * What a stream gives, as it comes.
   *
   * @throws EngineError when the engine goes away before its end
   */
  async *chunksOf(response: http.IncomingMessage): AsyncGenerator<Buffer, void, undefined> {
    try {
      for await (const chunk of response) yield chunk as Buffer;
    } catch (error) {
      throw unreachable(this.endpoint, error as Error, 'the engine went away while it answered');
    }
  }

  /** Turns the connection into a two-way stream, as attaching to a program does. */
  upgrade(path: string, body: unknown): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      const request = this.open('POST', path, {}, { Connection: 'Upgrade', Upgrade: 'tcp' });
      request.on('upgrade', (_response, socket, head) => {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
      });
      request.on('response', (response) => {
        this.textOf(response).then(
          (text) => reject(refused(path, response.statusCode ?? 0, text)),
          reject,
        );
      });
      request.on('error', (error) => reject(unreachable(this.endpoint, error)));
      request.end(JSON.stringify(body));
    });
  }

  private async json(method: string, path: string, request: EngineRequest): Promise<unknown> {
    const response = await this.send(method, path, request);
    const text = await this.textOf(response);
    if (!isSuccess(response)) throw refused(path, response.statusCode ?? 0, text);
    if (text === '' || !response.headers['content-type']?.includes('json')) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw noEngine(this.endpoint, `its answer at ${path} is no JSON`);
    }
  }

  private async textOf(response: http.IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.chunksOf(response)) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  }

  private send(
    method: string,
    path: string,
    { query, body, timeout = PATIENCE, signal }: EngineRequest,
  ): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
      const request = this.open(method, path, query ?? {}, {}, signal);
      let response: http.IncomingMessage | undefined;
      request.setTimeout(timeout, () => {
        const silence = new Error(`no answer in ${timeout / 1000} s`);
        // An answer that has begun would else say only that it was cut short.
        response?.destroy(silence);
        request.destroy(silence);
      });
      request.on('response', (begun) => resolve((response = begun)));
      request.on('error', (error) => reject(unreachable(this.endpoint, error)));
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  private open(
    method: string,
    path: string,
    query: Query,
    headers: http.OutgoingHttpHeaders,
    signal?: AbortSignal,
  ): http.ClientRequest {
    this.connection ??= connectionTo(this.endpoint, this.env);
    const { request, options } = this.connection;
    return request({
      ...options,
      method,
      signal,
      path: path + queryText(query),
      headers: { Host: 'docker', 'Content-Type': 'application/json', ...headers },
    });
  }
}

function queryText(query: Query): string {
  const words = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) words.set(key, String(value));
  }
  return words.size > 0 ? `?${words.toString()}` : '';
}

/** Label filters, as the API takes them: every one must match exactly. */
export function labelled(
  labels: Readonly<Record<string, string>>,
  others: Readonly<Record<string, readonly string[]>> = {},
): string {
  return JSON.stringify({
    label: Object.entries(labels).map(([name, value]) => `${name}=${value}`),
    ...others,
  });
}

function isSuccess({ statusCode = 0 }: http.IncomingMessage): boolean {
  // 304: it is so already.
  return (statusCode >= 200 && statusCode < 300) || statusCode === 304;
}

function refused(path: string, status: number, text: string): EngineError {
  return new EngineError('ENGINE_REFUSED', `the engine refused ${path}: ${reasonOf(text)}`, status);
}

function reasonOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    if (typeof message === 'string') return message.trim();
  } catch {
    // Not JSON: shown as it is.
  }
  return text.trim() || 'without a reason';
}

/** Something else listens there, such as a web server. */
function noEngine({ host, chosenBy }: Endpoint, why: string): EngineError {
  return new EngineError(
    'ENGINE_UNREACHABLE',
    `what answers at ${host} (${chosenBy}) is no container engine: ${why}; name one with DOCKER_HOST or docker context use`,
  );
}

function unreachable(
  { host, chosenBy }: Endpoint,
  error: Error,
  what = 'no container engine answers',
): EngineError {
  if (error.name === 'AbortError') return new EngineError('INTERRUPTED', 'interrupted');
  const { code } = error as NodeJS.ErrnoException;
  const help =
    code === 'EACCES' || code === 'EPERM'
      ? 'you may not use its socket; on Linux join the group docker (sudo usermod -aG docker $USER, then log in again) or use a rootless engine'
      : 'start it, or name another one with DOCKER_HOST or docker context use';
  return new EngineError(
    'ENGINE_UNREACHABLE',
    `${what} at ${host} (${chosenBy}): ${error.message}; ${help}`,
  );
}
