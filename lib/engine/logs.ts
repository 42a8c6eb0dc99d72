/** What containers said, read from the engine: of running, stopped and crashed ones alike. */
import type { IncomingMessage } from 'node:http';
import { EngineError } from '../core/errors';
import type { ContainerInspect } from './api';
import type { EngineClient } from './client';
import { inspectContainer, type DeployedContainer } from './deployment';
import { frameReader } from './frames';
import { lineSplitter, LogRecords, type LogRecord } from './log-records';
import { readUntilAborted } from './read-stream';

export interface LogLine extends LogRecord {
  readonly service: string;
}

export interface LogRequest {
  /** The last lines only. */
  readonly tail?: number;
  /** Seconds since the epoch. */
  readonly since?: number;
}

export interface FollowRequest extends LogRequest {
  readonly follow: boolean;
  /** Ends following. */
  readonly signal?: AbortSignal;
}

/**
 * All lines of a container until now.
 *
 * @throws EngineError LOGS_ELSEWHERE when the engine cannot read them back
 */
export async function readLogs(
  client: EngineClient,
  container: DeployedContainer,
  request: LogRequest,
): Promise<readonly LogLine[]> {
  const lines: LogLine[] = [];
  await eachLine(client, container, { ...request, follow: false }, (line) => lines.push(line));
  return lines;
}

/**
 * Lines as they come, until the container ends.
 *
 * @throws EngineError LOGS_ELSEWHERE when the engine cannot read them back
 */
export async function eachLine(
  client: EngineClient,
  container: DeployedContainer,
  request: FollowRequest,
  onLine: (line: LogLine) => void,
): Promise<void> {
  const { service, Id } = container;
  const inspect = await inspectContainer(client, Id);
  const records = new LogRecords((record) => onLine({ service, ...record }));
  const lines = lineSplitter((line) => records.frame('stdout', line));
  const read = inspect.Config.Tty
    ? (chunk: Buffer) => lines.write(chunk)
    : frameReader(records.frame);
  const answer = openLogs(client, container, inspect, request);
  await readUntilAborted(client, answer, read, request.signal);
  lines.end();
  records.end();
}

async function openLogs(
  client: EngineClient,
  { service }: DeployedContainer,
  { Id, HostConfig }: ContainerInspect,
  { tail, since, follow, signal }: FollowRequest,
): Promise<IncomingMessage> {
  const query = {
    stdout: true,
    stderr: true,
    timestamps: true,
    tail: tail ?? 'all',
    since: since?.toFixed(3),
    follow: follow || undefined,
  };
  try {
    return await client.stream('GET', `/containers/${Id}/logs`, { query, timeout: 0, signal });
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 501) throw error;
    throw new EngineError(
      'LOGS_ELSEWHERE',
      `the engine cannot read back what ${service} said: its logging driver is ${HostConfig.LogConfig.Type}, ${placeOfRecords(HostConfig.LogConfig, Id)}`,
      501,
    );
  }
}

/** The option of each logging driver that says where it sends records. */
const ADDRESSES: Readonly<Record<string, string>> = {
  awslogs: 'awslogs-group',
  fluentd: 'fluentd-address',
  gcplogs: 'gcp-project',
  gelf: 'gelf-address',
  splunk: 'splunk-url',
  syslog: 'syslog-address',
};

/** Where a person finds what the engine does not give back. */
export function placeOfRecords(
  { Type, Config }: ContainerInspect['HostConfig']['LogConfig'],
  id: string,
): string {
  if (Type === 'none') return 'which keeps nothing';
  if (Type === 'journald') return `see journalctl CONTAINER_ID_FULL=${id} on the engine's host`;
  const address = Config[ADDRESSES[Type] ?? ''];
  if (address !== undefined) return `which sends it to ${address}`;
  if (Type === 'syslog') return "which sends it to the syslog of the engine's host";
  return 'and logging in docker-compose.yml says where it sends it';
}
