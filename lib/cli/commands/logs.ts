/** `sandbox-cdk logs`: what the services said, whether they still run or not. */
import { EngineClient } from '../../engine/client';
import { findDeployment, type DeployedContainer } from '../../engine/deployment';
import { EngineError } from '../../core/errors';
import { eachLine, readLogs, type LogLine, type LogRequest } from '../../engine/logs';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-code';
import type { Format, Io } from '../io';
import { selectServices, type FolderOptions } from '../output-folder';
import { inert } from '../output/inert';
import { parseSince } from '../since';

export interface LogsOptions extends FolderOptions {
  readonly follow?: boolean;
  readonly tail?: number;
  readonly since?: string;
  readonly timestamps?: boolean;
  readonly json?: boolean;
}

export async function logs(
  name: string | undefined,
  options: LogsOptions,
  context: CommandContext,
): Promise<number> {
  const { sandbox, services } = selectServices(name, options, context);
  const since = options.since === undefined ? undefined : parseSince(options.since, Date.now());
  const client = EngineClient.of(context.env);
  const { containers } = await findDeployment(client, sandbox);
  const chosen = containers.filter(({ service }) => services.includes(service));
  if (chosen.length === 0) {
    throw new EngineError(
      'NOT_RUNNING',
      `${sandbox.name} was never started, so there are no logs; run sandbox-cdk start ${sandbox.name} first`,
    );
  }
  const show = shower(context.io, sandbox.name, chosen, options);
  const request = { tail: options.tail, since };
  const unread = options.follow
    ? await follow(client, chosen, request, show, context.io)
    : await showAll(client, chosen, request, show);
  return report(unread, chosen.length, context.io);
}

type Show = (line: LogLine) => void;

/** Everything until now, by time. Gives what could not be read. */
async function showAll(
  client: EngineClient,
  containers: readonly DeployedContainer[],
  request: LogRequest,
  show: Show,
): Promise<readonly EngineError[]> {
  const all = await Promise.all(
    containers.map((each) => unlessElsewhere(readLogs(client, each, request))),
  );
  const lines = all.flatMap((each) => (each instanceof EngineError ? [] : each));
  for (const line of lines.sort(byTime)) show(line);
  return all.filter((each) => each instanceof EngineError);
}

/** As it comes, until all containers have ended, nobody reads any more, or Ctrl-C. */
async function follow(
  client: EngineClient,
  containers: readonly DeployedContainer[],
  request: LogRequest,
  show: Show,
  io: Io,
): Promise<readonly EngineError[]> {
  const controller = new AbortController();
  const { signal } = controller;
  const stop = () => controller.abort();
  const showAndLook = (line: LogLine) => {
    if (signal.aborted) return;
    show(line);
    if (io.isHeard?.() === false) stop();
  };
  process.once('SIGINT', stop);
  try {
    const all = await Promise.all(
      containers.map((each) =>
        unlessElsewhere(eachLine(client, each, { ...request, follow: true, signal }, showAndLook)),
      ),
    );
    return all.filter((each) => each instanceof EngineError);
  } finally {
    process.off('SIGINT', stop);
  }
}

/** One service whose records are elsewhere hides nothing of the others. */
async function unlessElsewhere<T>(work: Promise<T>): Promise<T | EngineError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'LOGS_ELSEWHERE') return error;
    throw error;
  }
}

/** @throws EngineError when there is nothing else to say */
function report(unread: readonly EngineError[], asked: number, io: Io): ExitCode {
  if (unread.length === asked && unread.length === 1) throw unread[0]!;
  for (const { message } of unread) io.tell(`${io.style('yellow', 'warning')}: ${message}`);
  return unread.length === 0 ? ExitCode.yes : ExitCode.engine;
}

function byTime(a: LogLine, b: LogLine): number {
  return a.time < b.time ? -1 : a.time > b.time ? 1 : 0;
}

const COLOURS: readonly Format[] = ['cyan', 'yellow', 'green'];

function shower(
  io: Io,
  sandbox: string,
  containers: readonly DeployedContainer[],
  { timestamps, json }: LogsOptions,
): Show {
  const services = containers.map(({ service }) => service);
  const width = Math.max(...services.map((service) => service.length));
  return ({ time, service, stream, text }) => {
    const shown = inert(text).replace(/\n/g, ' ');
    if (json) {
      io.answer(`${JSON.stringify({ time, sandbox, service, stream, text: shown })}\n`);
      return;
    }
    const colour = COLOURS[services.indexOf(service) % COLOURS.length]!;
    const prefix =
      services.length > 1 ? `${io.answerStyle(colour, `${service.padEnd(width)} |`)} ` : '';
    io.answer(`${prefix}${timestamps ? `${time} ` : ''}${shown}\n`);
  };
}
