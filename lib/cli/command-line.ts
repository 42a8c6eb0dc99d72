/**
 * The command line: every command with its options, help and examples. The commands themselves are
 * loaded when they are chosen.
 */
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { SHELLS } from './completion/shells';
import type { CommandContext } from './context';
import type { ExitCode } from './exit-code';
import { AGENTS } from './init/agents';
import type { ProgramOptions } from './load-assembly';
import { ownPackage } from './package-root';
import type * as Completion from './commands/completion';
import type * as Diff from './commands/diff';
import type * as Explain from './commands/explain';
import type * as Init from './commands/init';
import type * as List from './commands/list';
import type * as Synth from './commands/synth';

/** What parsing leads to: the command chosen, ready to run. */
export type Chosen = (context: CommandContext) => Promise<ExitCode>;

/**
 * @param choose receives the command that the user chose
 * @param only the name of the one command that is wanted; all are set up unless it is known
 */
export function createCommandLine(choose: Choose, only?: string): Command {
  const program = new Command('sandbox-cdk')
    .description(
      'Sandboxes for AI coding agents: from TypeScript to plain, reviewable Docker config.',
    )
    .option('-V, --version', 'print the version')
    .showHelpAfterError('(--help shows what can be given)')
    .helpCommand('help [command]', 'show help for a command')
    .addHelpText(
      'after',
      examples(
        'sandbox-cdk init my-sandbox --level 1 --agent claude-code',
        'sandbox-cdk synth',
        'sandbox-cdk synth --check',
      ),
    )
    .addHelpText('after', EXIT_CODES);
  program.on('option:version', () =>
    choose(({ io }) => {
      io.answer(`${ownPackage().version}\n`);
      return Promise.resolve(0);
    }),
  );
  for (const add of isCommand(only) ? [ADD[only]] : Object.values(ADD)) add(program, choose);
  return program;
}

const ADD = {
  init: addInit,
  synth: addSynth,
  diff: addDiff,
  list: addList,
  explain: addExplain,
  completion: addCompletion,
} as const;

export function isCommand(name: string | undefined): name is keyof typeof ADD {
  return name !== undefined && Object.hasOwn(ADD, name);
}

const EXIT_CODES = `
Exit codes:
  0  yes
  1  the answer is no: findings, drift, differences
  2  the command line or cdk-like.json has to be changed
  3  the program failed
  4  the container engine could not be reached, or refused
`;

type Choose = (chosen: Chosen) => void;

/* eslint-disable @typescript-eslint/no-require-imports -- a command is loaded when it is chosen */
const commands = {
  synth: () => require('./commands/synth') as typeof Synth,
  diff: () => require('./commands/diff') as typeof Diff,
  list: () => require('./commands/list') as typeof List,
  explain: () => require('./commands/explain') as typeof Explain,
  init: () => require('./commands/init') as typeof Init,
  completion: () => require('./commands/completion') as typeof Completion,
};
/* eslint-enable @typescript-eslint/no-require-imports */

function addSynth(program: Command, choose: Choose): void {
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

function addDiff(program: Command, choose: Choose): void {
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

function addList(program: Command, choose: Choose): void {
  programCommand(program, 'list')
    .summary('list the sandboxes of the program')
    .description('Lists the sandboxes of the program with their level, services and findings.')
    .addHelpText('after', examples('sandbox-cdk list', 'sandbox-cdk list --json'))
    .action((options: ProgramOptions) => {
      choose((context) => commands.list().list(options, context));
    });
}

function addExplain(program: Command, choose: Choose): void {
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

function addInit(program: Command, choose: Choose): void {
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

function addCompletion(program: Command, choose: Choose): void {
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
      choose((context) =>
        commands.completion().completion(
          shell,
          createCommandLine(() => undefined),
          context,
        ),
      );
    });
}

const DEFAULT_TIMEOUT = 60;

/** A command that runs the user's program, with the options that all of them share. */
function programCommand(program: Command, name: string): Command {
  return program
    .command(name)
    .option(
      '-p, --project <dir>',
      'folder of the project; default: the nearest one with a cdk-like.json',
    )
    .option('-o, --output <dir>', 'output folder; default: that of cdk-like.json')
    .addOption(
      new Option('-c, --context <key=value>', 'a value for the program; can be repeated')
        .argParser(context)
        .default({}, 'none'),
    )
    .option('--timeout <seconds>', 'how long the program may take', seconds, DEFAULT_TIMEOUT)
    .option('--json', 'answer in JSON');
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, ...value.split(',').filter(Boolean)];
}

function context(value: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Give it as KEY=VALUE.');
  return { ...before, [value.slice(0, at)]: value.slice(at + 1) };
}

function seconds(value: string): number {
  const number = Number(value);
  const longest = 86_400;
  if (!(number > 0 && number <= longest)) {
    throw new InvalidArgumentError(`Give a number of seconds, at most ${longest}.`);
  }
  return number;
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
