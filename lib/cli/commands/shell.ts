/** `sandbox-cdk shell`: an interactive shell inside. */
import { spawn } from 'node:child_process';
import { EngineClient } from '../../engine/client';
import { capture } from '../../engine/execute';
import { findRunning } from '../../engine/running';
import type { CommandContext } from '../context';
import { usageError } from '../exit-code';
import { selectService, type FolderOptions } from '../output-folder';
import { codeOfSignal } from '../passed-signals';

export type ShellOptions = FolderOptions;

export async function shell(
  name: string | undefined,
  options: ShellOptions,
  context: CommandContext,
): Promise<number> {
  const { sandbox, service } = selectService(name, options, context);
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw usageError(
      'NO_TERMINAL',
      `a shell needs a terminal, and here is none; run a program instead: sandbox-cdk exec ${sandbox.name}/${service} -- sh -c '…'`,
    );
  }
  const client = EngineClient.of(context.env);
  const container = await findRunning(client, sandbox, service);
  const program = await bestShell(client, container);
  // The terminal itself (raw mode, its size) is what the docker command does well.
  return runDocker(['exec', '--interactive', '--tty', container, program], context);
}

/** Runs to its end on our own terminal; what is typed there is for it, Ctrl-C too. */
function runDocker(words: readonly string[], { env }: CommandContext): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('docker', words, { stdio: 'inherit', env: { ...env } });
    const ignore = () => undefined;
    const pass = (signal: NodeJS.Signals) => void child.kill(signal);
    process.on('SIGINT', ignore).on('SIGQUIT', ignore).on('SIGTERM', pass).on('SIGHUP', pass);
    const finish = () => {
      process.off('SIGINT', ignore).off('SIGQUIT', ignore).off('SIGTERM', pass).off('SIGHUP', pass);
    };
    child.on('error', (error) => {
      finish();
      reject(usageError('NO_DOCKER', `the docker command is needed for a shell: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      finish();
      resolve(code ?? codeOfSignal(signal ?? 'SIGHUP'));
    });
  });
}

async function bestShell(client: EngineClient, container: string): Promise<string> {
  const command = ['/bin/sh', '-c', 'test -x /bin/bash'];
  const { exitCode } = await capture(client, container, { command });
  return exitCode === 0 ? '/bin/bash' : '/bin/sh';
}
