/**
 * The command line: every command with its options, help and examples. The commands themselves are
 * loaded when they are chosen.
 */
import { Command } from 'commander';
import { ownPackage } from '../package-root';
import type { Choose } from './chosen';
import * as engine from './engine-commands';
import { examples } from './options';
import * as program from './program-commands';
import * as project from './project-commands';

export type { Choose, Chosen } from './chosen';

export interface CommandLineOptions {
  /** Name of the one command that is wanted; all are set up unless it is known. */
  readonly only?: string;
  /** What stands after `--`. */
  readonly rest?: readonly string[];
}

/** @param choose receives the command that the user chose */
export function createCommandLine(choose: Choose, options: CommandLineOptions = {}): Command {
  const commandLine = new Command('sandbox-cdk')
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
        'sandbox-cdk start',
        'sandbox-cdk exec -- claude --version',
        'sandbox-cdk validate',
      ),
    )
    .addHelpText('after', EXIT_CODES);
  commandLine.on('option:version', () =>
    choose(({ io }) => {
      io.answer(`${ownPackage().version}\n`);
      return Promise.resolve(0);
    }),
  );
  const { only } = options;
  const chosen = isCommand(only) ? [ADD[only]] : Object.values(ADD);
  for (const add of chosen) add(commandLine, choose, options);
  return commandLine;
}

type Add = (commandLine: Command, choose: Choose, options: CommandLineOptions) => void;

/** In the order of the help: from making a project to taking its sandboxes away. */
const ADD = {
  init: project.addInit,
  synth: program.addSynth,
  diff: program.addDiff,
  list: program.addList,
  explain: program.addExplain,
  doctor: engine.addDoctor,
  start: engine.addStart,
  stop: engine.addStop,
  restart: engine.addRestart,
  status: engine.addStatus,
  logs: engine.addLogs,
  shell: engine.addShell,
  exec: (commandLine, choose, { rest }) => engine.addExec(commandLine, choose, rest),
  validate: engine.addValidate,
  demo: engine.addDemo,
  clean: engine.addClean,
  completion: (commandLine, choose) =>
    project.addCompletion(commandLine, choose, () => createCommandLine(() => undefined)),
} as const satisfies Record<string, Add>;

export function isCommand(name: string | undefined): name is keyof typeof ADD {
  return name !== undefined && Object.hasOwn(ADD, name);
}

const EXIT_CODES = `
Exit codes:
  0  yes
  1  the answer is no: findings, drift, a wall that is broken or unproven
  2  the command line, cdk-like.json or the output folder has to be changed
  3  the program failed
  4  the container engine could not be reached, or refused
`;
