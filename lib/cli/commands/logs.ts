/** `sandbox-cdk logs`: what the services said, whether they still run or not. */
import { EngineClient } from '../../engine/client';
import { findDeployment, type DeployedContainer } from '../../engine/deployment';
import { EngineError } from '../../core/errors';
import { eachLine, readLogs, type LogLine } from '../../engine/logs';
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
  if (options.follow) {
    const follow = { ...request, follow: true };
    await Promise.all(chosen.map((container) => eachLine(client, container, follow, show)));
  } else {
    const all = await Promise.all(chosen.map((container) => readLogs(client, container, request)));
    for (const line of all.flat().sort(byTime)) show(line);
  }
  return ExitCode.yes;
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
): (line: LogLine) => void {
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
