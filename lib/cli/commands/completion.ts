/** `sandbox-cdk completion SHELL`: a script that completes commands, options and sandbox names. */
import type { Command } from 'commander';
import { closest } from '../../core/suggest';
import { bashScript } from '../completion/bash';
import { fishScript } from '../completion/fish';
import { describeCommands, type CompletedCommand } from '../completion/model';
import { zshScript } from '../completion/zsh';
import type { CommandContext } from '../context';
import { ExitCode, usageError } from '../exit-code';

const SHELLS: Readonly<Record<string, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

export function completion(
  shell: string,
  program: Command,
  { io }: CommandContext,
): Promise<ExitCode> {
  const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (!script) {
    const guess = closest(shell, Object.keys(SHELLS));
    throw usageError(
      'UNKNOWN_SHELL',
      `received the shell ${shell}; allowed are ${Object.keys(SHELLS).join(', ')}${guess ? `; did you mean ${guess}?` : ''}`,
    );
  }
  io.answer(script(describeCommands(program)));
  return Promise.resolve(ExitCode.yes);
}
