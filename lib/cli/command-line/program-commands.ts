/** The commands that run the user's program. */
import { Option, type Command } from 'commander';
import type * as Diff from '../commands/diff';
import type * as Explain from '../commands/explain';
import type * as List from '../commands/list';
import type * as Synth from '../commands/synth';
import type { ProgramOptions } from '../load-assembly';
import type { Choose } from './chosen';
import { contextOption, examples, seconds, withProject } from './options';

/* eslint-disable @typescript-eslint/no-require-imports -- a command is loaded when it is chosen */
const commands = {
  synth: () => require('../commands/synth') as typeof Synth,
  diff: () => require('../commands/diff') as typeof Diff,
  list: () => require('../commands/list') as typeof List,
  explain: () => require('../commands/explain') as typeof Explain,
};
/* eslint-enable @typescript-eslint/no-require-imports */

export function addSynth(program: Command, choose: Choose): void {
  programCommand(program, 'synth')
    .summary('write the config of all sandboxes, or of those named')
    .description('Runs the program and writes what it describes into the output folder.')
    .argument('[name...]', 'sandboxes; default: all')
    .addOption(
      new Option(
        '--check',
        'write nothing; exit 1 and print a diff when the folder differs',
      ).conflicts(['stdout', 'overwrite']),
    )
    .addOption(
      new Option('--stdout', 'print the compose files instead of writing').conflicts([
        'json',
        'overwrite',
      ]),
    )
    .option('--overwrite', 'replace generated files that were edited by hand')
    .option('--notes', 'show notes too, not only errors and warnings')
    .addHelpText(
      'after',
      examples(
        'sandbox-cdk synth',
        'sandbox-cdk synth payments --stdout',
        'sandbox-cdk synth --check  # in CI',
      ),
    )
    .action((names: string[], options: ProgramOptions) => {
      choose((context) => commands.synth().synth(names, options, context));
    });
}

export function addDiff(program: Command, choose: Choose): void {
  programCommand(program, 'diff')
    .summary('show what synth would change, security first')
    .description(
      'Compares what the program describes with the output folder. Changes that broaden what a sandbox may do come first. Exit code 1 when there are differences.',
    )
    .argument('[name...]', 'sandboxes; default: all')
    .addHelpText('after', examples('sandbox-cdk diff', 'sandbox-cdk diff payments --json'))
    .action((names: string[], options: ProgramOptions) => {
      choose((context) => commands.diff().diff(names, options, context));
    });
}

export function addList(program: Command, choose: Choose): void {
  programCommand(program, 'list')
    .summary('list the sandboxes of the program')
    .description('Lists the sandboxes of the program with their level, services and findings.')
    .addHelpText('after', examples('sandbox-cdk list', 'sandbox-cdk list --json'))
    .action((options: ProgramOptions) => {
      choose((context) => commands.list().list(options, context));
    });
}

export function addExplain(program: Command, choose: Choose): void {
  programCommand(program, 'explain')
    .summary('explain a finding, or a sandbox or construct of the program')
    .description(
      'Explains what a finding means and what to do about it, by its id; or, by its name or path, what a sandbox or construct of the program becomes. Without an id: all ids.',
    )
    .argument('[id]', 'id of a finding, name of a sandbox, or path of a construct')
    .addHelpText(
      'after',
      examples(
        'sandbox-cdk explain',
        'sandbox-cdk explain network-not-air-gapped',
        'sandbox-cdk explain payments/claude-code',
      ),
    )
    .action((id: string | undefined, options: ProgramOptions) => {
      choose((context) => commands.explain().explain(id, options, context));
    });
}

const DEFAULT_TIMEOUT = 60;

/** With the options that all of them share. */
function programCommand(program: Command, name: string): Command {
  return withProject(program.command(name))
    .addOption(contextOption())
    .option('--timeout <seconds>', 'how long the program may take', seconds, DEFAULT_TIMEOUT)
    .option('--json', 'answer in JSON');
}
