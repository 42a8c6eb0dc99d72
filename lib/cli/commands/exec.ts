/** `sandbox-cdk exec`: a program inside a sandbox, with its streams and exit code as they are. */
import { connect } from '../../engine/execute';
import { EngineClient } from '../../engine/client';
import { findRunning } from '../../engine/running';
import type { CommandContext } from '../context';
import { usageError } from '../exit-code';
import { selectService, type FolderOptions } from '../output-folder';

export interface ExecOptions extends FolderOptions {
  readonly workdir?: string;
  readonly env?: readonly string[];
}

export async function exec(
  name: string | undefined,
  words: readonly string[] | undefined,
  { workdir, env, ...folder }: ExecOptions,
  context: CommandContext,
): Promise<number> {
  if (!words || words.length === 0) {
    throw usageError(
      'USAGE',
      `give the program after --, for example: sandbox-cdk exec ${name ?? ''}${name ? ' ' : ''}-- npm test`,
    );
  }
  const { sandbox, service } = selectService(name, folder, context);
  const client = EngineClient.of(context.env);
  const container = await findRunning(client, sandbox, service);
  const execution = { command: words, workingDir: workdir, env };
  return connect(client, container, execution, process);
}
