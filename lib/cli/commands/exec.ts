/** `sandbox-cdk exec`: a program inside a sandbox, with its streams and exit code as they are. */
import { connect } from '../../engine/execute';
import { EngineClient } from '../../engine/client';
import { findRunning } from '../../engine/running';
import type { CommandContext } from '../context';
import { usageError } from '../exit-code';
import { selectService, type FolderOptions } from '../output-folder';
import { PassedSignals } from '../passed-signals';

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
  const signals = new PassedSignals(() =>
    context.io.tell(
      `the program may go on inside ${sandbox.name}/${service}; sandbox-cdk restart ${sandbox.name} ends it`,
    ),
  );
  return signals.during(() =>
    connect(client, container, execution, process, {
      onStart: (program) => signals.to(program),
      onGone: () => void signals.readerGone(),
    }),
  );
}
