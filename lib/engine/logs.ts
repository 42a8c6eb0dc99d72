/** What containers said, read from the engine: of running, stopped and crashed ones alike. */
import type { IncomingMessage } from 'node:http';
import { EngineError } from '../core/errors';
import type { ContainerInspect } from './api';
import type { EngineClient } from './client';
import type { DeployedContainer } from './deployment';
import { demultiplexer } from './frames';

export interface LogLine {
  readonly service: string;
  readonly stream: 'stdout' | 'stderr';
  /** RFC 3339 with nanoseconds, as the engine gives it. */
  readonly time: string;
  /** As it was written: whoever shows it makes it inert. */
  readonly text: string;
}

export interface LogRequest {
  /** The last lines only. */
  readonly tail?: number;
  /** Seconds since the epoch. */
  readonly since?: number;
}

/** All lines of a container until now. */
export async function readLogs(
  client: EngineClient,
  container: DeployedContainer,
  request: LogRequest,
): Promise<readonly LogLine[]> {
  const lines: LogLine[] = [];
  await eachLine(client, container, { ...request, follow: false }, (line) => lines.push(line));
  return lines;
}

/** Lines as they come, until the container ends. */
export async function eachLine(
  client: EngineClient,
  container: DeployedContainer,
  { tail, since, follow }: LogRequest & { readonly follow: boolean },
  onLine: (line: LogLine) => void,
): Promise<void> {
  const query = {
    stdout: true,
    stderr: true,
    timestamps: true,
    tail: tail ?? 'all',
    since,
    follow: follow || undefined,
  };
  const path = `/containers/${container.Id}/logs`;
  const [response, { Config }] = await Promise.all([
    openLogs(client, path, query, container),
    client.get<ContainerInspect>(`/containers/${container.Id}/json`),
  ]);
  const readers = {
    stdout: lineReader((text) => onLine(parseLine(container.service, 'stdout', text))),
    stderr: lineReader((text) => onLine(parseLine(container.service, 'stderr', text))),
  };
  // With a terminal of its own a container has one stream, without frames.
  const read = Config.Tty
    ? (chunk: Buffer) => readers.stdout.write(chunk)
    : demultiplexer((channel, data) => readers[channel].write(data));
  for await (const chunk of response) read(chunk as Buffer);
  readers.stdout.end();
  readers.stderr.end();
}

async function openLogs(
  client: EngineClient,
  path: string,
  query: Record<string, string | number | boolean | undefined>,
  { service }: DeployedContainer,
): Promise<IncomingMessage> {
  try {
    return await client.stream('GET', path, { query, timeout: 0 });
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 501) throw error;
    throw new EngineError(
      'ENGINE_REFUSED',
      `the records of ${service} cannot be read from the engine: its logging driver sends them elsewhere (logging in docker-compose.yml says where)`,
      501,
    );
  }
}

const LONGEST_LINE = 1024 * 1024;

function lineReader(onLine: (line: string) => void) {
  let rest = '';
  const decoder = new TextDecoder();
  return {
    write(chunk: Buffer): void {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
      if (rest.length > LONGEST_LINE) this.end();
    },
    end(): void {
      if (rest !== '') onLine(rest);
      rest = '';
    },
  };
}

function parseLine(service: string, stream: LogLine['stream'], line: string): LogLine {
  const at = line.indexOf(' ');
  const time = at < 0 ? line : line.slice(0, at);
  return { service, stream, time, text: at < 0 ? '' : line.slice(at + 1).replace(/\r$/, '') };
}
