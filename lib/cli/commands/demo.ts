/** `sandbox-cdk demo`: shows a person what the walls do, by running into them. */
import { EngineClient } from '../../engine/client';
import { isHeld, runDemo, type Demo, type DemoRequest } from '../../engine/demo/run';
import { findRunning } from '../../engine/running';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-code';
import { interruptible } from '../interruption';
import type { Io } from '../io';
import { selectServices, type FolderOptions } from '../output-folder';
import { renderDemo, tellResult } from '../output/demo';
import { answerJson } from '../output/json';
import { progressView } from '../output/progress';

export interface DemoOptions extends FolderOptions {
  readonly json?: boolean;
}

export async function demo(
  name: string | undefined,
  options: DemoOptions,
  context: CommandContext,
): Promise<number> {
  const { io, env } = context;
  const { sandbox, services } = selectServices(name, options, context);
  const service = services[0]!;
  const place = `${sandbox.name}/${service}`;
  const client = EngineClient.of(env);
  const container = await findRunning(client, sandbox, service);
  if (services.length > 1) io.tell(`in ${place}, the first of ${services.length} services`);
  const seen = await watched(io, place, { client, container });
  if (options.json)
    answerJson(io, { sandbox: sandbox.name, service, isHeld: isHeld(seen), ...seen });
  else io.answer(renderDemo(place, seen, io.answerStyle, io.columns));
  return isHeld(seen) ? ExitCode.yes : ExitCode.no;
}

/** Shows what happens while it does; Ctrl-C ends the attack too. */
async function watched(
  io: Io,
  place: string,
  target: Pick<DemoRequest, 'client' | 'container'>,
): Promise<Demo> {
  const view = progressView(io);
  try {
    return await interruptible((signal) =>
      runDemo({
        ...target,
        onStep: (doing) => view.onProgress({ sandbox: place, doing }),
        onResult: (result) => tellResult(io, place, result),
        signal,
      }),
    );
  } finally {
    view.done();
  }
}
