/** The commands around a project: making one, and completing what is typed. */
import { Argument, Option, type Command } from 'commander';
import type * as Completion from '../commands/completion';
import type * as Init from '../commands/init';
import { SHELLS } from '../completion/shells';
import { AGENTS } from '../init/agents';
import type { Choose } from './chosen';
import { collect, examples } from './options';

/* eslint-disable @typescript-eslint/no-require-imports -- a command is loaded when it is chosen */
const commands = {
  init: () => require('../commands/init') as typeof Init,
  completion: () => require('../commands/completion') as typeof Completion,
};
/* eslint-enable @typescript-eslint/no-require-imports */

export function addInit(program: Command, choose: Choose): void {
  program
    .command('init')
    .summary('make a project')
    .description('Makes a project that is ready to synthesize. Files that exist are never changed.')
    .argument('[folder]', 'folder of the project', '.')
    .addOption(
      new Option('--level <level>', '1 solo, 2 team, 3 enterprise')
        .choices(['1', '2', '3'])
        .default('1'),
    )
    .addOption(
      new Option('--agent <name>', 'an agent; levels 2 and 3 take several')
        .choices(Object.keys(AGENTS))
        // What is none of them is refused with a suggestion, later.
        .argParser(collect),
    )
    .option('--missing', 'in a folder that has some of the files, add the others')
    .option('--json', 'answer in JSON')
    .addHelpText(
      'after',
      examples(
        'sandbox-cdk init my-sandbox --agent claude-code',
        'sandbox-cdk init --level 2 --agent claude-code --agent codex',
      ),
    )
    .action(
      (
        folder: string,
        options: { level: '1' | '2' | '3'; agent?: string[]; missing?: boolean; json?: boolean },
      ) => {
        choose((context) =>
          commands.init().init(folder, { ...options, agent: options.agent ?? [] }, context),
        );
      },
    );
}

export function addCompletion(program: Command, choose: Choose, whole: () => Command): void {
  program
    .command('completion')
    .summary('print a completion script for a shell')
    .description('Prints a script that completes commands, options and sandbox names.')
    .addArgument(
      // What is none of them is refused with a suggestion, later.
      new Argument('<shell>', 'the shell').choices(SHELLS).argParser((shell: string) => shell),
    )
    .addHelpText(
      'after',
      examples(
        'source <(sandbox-cdk completion bash)',
        'sandbox-cdk completion fish > ~/.config/fish/completions/sandbox-cdk.fish',
      ),
    )
    .action((shell: string) => {
      choose((context) => commands.completion().completion(shell, whole(), context));
    });
}
