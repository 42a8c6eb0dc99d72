/** `sandbox-cdk status`: what runs, how well, and how much it uses. */
import { EngineClient } from '../../engine/client';
import { isWell, statusOf } from '../../engine/status';
import type { CommandContext } from '../context';
import { ExitCode } from '../exit-code';
import { selectSandboxes, type SelectOptions } from '../output-folder';
import { answerJson } from '../output/json';
import { renderStatus } from '../output/status';

export interface StatusOptions extends SelectOptions {
  readonly json?: boolean;
}

export async function status(
  names: readonly string[],
  options: StatusOptions,
  context: CommandContext,
): Promise<number> {
  const { io, env } = context;
  const sandboxes = selectSandboxes(names, { ...options, all: true }, context);
  const client = EngineClient.of(env);
  const found = await Promise.all(sandboxes.map((sandbox) => statusOf(client, sandbox, env)));
  if (options.json) answerJson(io, { sandboxes: found });
  else io.answer(renderStatus(found, io.answerStyle, Date.now()));
  return found.every(isWell) ? ExitCode.yes : ExitCode.no;
}
