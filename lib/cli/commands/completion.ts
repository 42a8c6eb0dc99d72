/** `sandbox-cdk completion SHELL`: a script that completes commands, options and sandbox names. */
import type { Command } from 'commander';
import { closest } from '../../core/suggest';
import { bashScript } from '../completion/bash';
import { fishScript } from '../completion/fish';
import { describeCommands, type CompletedCommand } from '../completion/model';
import { zshScript } from '../completion/zsh';
import { SHELLS } from '../completion/shells';
import type { CommandContext } from '../context';
import { ExitCode, usageError } from '../exit-code';
import { allFindings } from '../explain/explain-finding';

const SCRIPTS: Readonly<
  Record<(typeof SHELLS)[number], (commands: readonly CompletedCommand[]) => string>
> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

export function completion(
  shell: string,
  program: Command,
  { io }: CommandContext,
): Promise<ExitCode> {
  const known = SHELLS.find((name) => name === shell);
  if (!known) {
    const guess = closest(shell, SHELLS);
    throw usageError(
      'UNKNOWN_SHELL',
      `received the shell ${shell}; allowed are ${SHELLS.join(', ')}${guess ? `; did you mean ${guess}?` : ''}`,
    );
  }
  const ids = allFindings().map(({ id }) => id);
  io.answer(SCRIPTS[known](describeCommands(program, { explain: ids })));
  return Promise.resolve(ExitCode.yes);
}
