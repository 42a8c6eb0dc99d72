/** `sandbox-cdk start`: from the output folder to a running sandbox whose walls are proven. */
import { allowedUnproven } from '../allowed-unproven';
import { EngineClient } from '../../engine/client';
import { startSandbox, type Started } from '../../engine/start';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-code';
import { interruptible } from '../interruption';
import type { Io } from '../io';
import { selectSandboxes, type SelectOptions } from '../output-folder';
import { plural } from '../output/findings';
import { answerJson } from '../output/json';
import { progressView } from '../output/progress';
import { tellWalls } from '../output/walls';

export interface StartOptions extends SelectOptions {
  readonly build?: boolean;
  readonly edited?: boolean;
  /** Not an option of the command line: `restart` sets it. */
  readonly recreate?: boolean;
  /** Seconds. */
  readonly timeout: number;
  readonly allowUnproven?: readonly string[];
  readonly json?: boolean;
}

export async function start(
  names: readonly string[],
  options: StartOptions,
  context: CommandContext,
): Promise<number> {
  const allowUnproven = allowedUnproven(options.allowUnproven ?? []);
  const sandboxes = selectSandboxes(names, options, context);
  const { io, env } = context;
  const client = EngineClient.of(env);
  const started: Started[] = [];
  for (const sandbox of sandboxes) {
    const view = progressView(io);
    try {
      const result = await interruptible((signal) =>
        startSandbox({
          client,
          sandbox,
          env,
          build: options.build ?? false,
          edited: options.edited ?? false,
          recreate: options.recreate ?? false,
          timeout: options.timeout * 1000,
          allowUnproven,
          onProgress: view.onProgress,
          signal,
        }),
      );
      started.push(result);
    } finally {
      view.done();
    }
    if (!options.json) tellStarted(io, started.at(-1)!);
  }
  if (options.json) answerJson(io, { sandboxes: started.map(toJson) });
  return started.every(({ report }) => report.isProven) ? ExitCode.yes : ExitCode.no;
}

const NAMED = 10;

function tellStarted(io: Io, { report, built, masked }: Started): void {
  if (built.length > 0) io.tell(`built ${built.join(', ')}`);
  for (const [service, targets] of Object.entries(masked)) {
    if (targets.length === 0) continue;
    const more = targets.length > NAMED ? ` and ${targets.length - NAMED} more` : '';
    const named = targets.slice(0, NAMED).join(', ') + more;
    io.tell(`${plural(targets.length, 'secret')} of the source masked in ${service}: ${named}`);
  }
  tellWalls(io, report);
  const { style } = io;
  const { sandbox } = report;
  io.tell(
    report.isProven
      ? `${style('green', 'started')} ${sandbox}; next: ${style('bold', `sandbox-cdk shell ${sandbox}`)}`
      : `${style('red', 'started, not proven')}: ${sandbox} runs; sandbox-cdk stop ${sandbox} --now ends it`,
  );
}

function toJson({ report, built, masked }: Started): object {
  return { ...report, built, masked };
}
