/** The commands that work on the output folder and a container engine. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import type * as Clean from '../commands/clean';
import type * as Demo from '../commands/demo';
import type * as Doctor from '../commands/doctor';
import type * as Exec from '../commands/exec';
import type * as Logs from '../commands/logs';
import type * as Restart from '../commands/restart';
import type * as Shell from '../commands/shell';
import type * as Start from '../commands/start';
import type * as Status from '../commands/status';
import type * as Stop from '../commands/stop';
import type * as Validate from '../commands/validate';
import type { Choose } from './chosen';
import { examples, repeat, seconds, withProject } from './options';

/* eslint-disable @typescript-eslint/no-require-imports -- a command is loaded when it is chosen */
const commands = {
  start: () => require('../commands/start') as typeof Start,
  stop: () => require('../commands/stop') as typeof Stop,
  restart: () => require('../commands/restart') as typeof Restart,
  status: () => require('../commands/status') as typeof Status,
  logs: () => require('../commands/logs') as typeof Logs,
  shell: () => require('../commands/shell') as typeof Shell,
  exec: () => require('../commands/exec') as typeof Exec,
  validate: () => require('../commands/validate') as typeof Validate,
  demo: () => require('../commands/demo') as typeof Demo,
  doctor: () => require('../commands/doctor') as typeof Doctor,
  clean: () => require('../commands/clean') as typeof Clean,
};
/* eslint-enable @typescript-eslint/no-require-imports */

const START_TIMEOUT = 120;

export function addStart(program: Command, choose: Choose): void {
  startOptions(engineCommand(program, 'start', 'build where needed, start, and prove the walls'))
    .description(
      'Checks the engine and the folder, builds images whose inputs changed, starts the sandbox, waits until it is healthy, and validates it. Can be run again at any time, also after a crash.',
    )
    .argument('[name...]', 'sandboxes; can be left out when there is one')
    .option('--all', 'start all sandboxes of the folder')
    .addHelpText(
      'after',
      examples(
        'sandbox-cdk start',
        'sandbox-cdk start payments --build',
        'sandbox-cdk start --all',
      ),
    )
    .action((names: string[], options: Start.StartOptions) => {
      choose((context) => commands.start().start(names, options, context));
    });
}

export function addStop(program: Command, choose: Choose): void {
  engineCommand(program, 'stop', 'stop a sandbox; nothing of it is removed')
    .description(
      'Asks every service to end and waits for its grace period, then ends it. Containers, logs and outputs stay. With --now it is frozen first, within a moment, and ended while it is frozen.',
    )
    .argument('[name...]', 'sandboxes; can be left out when there is one')
    .option('--all', 'stop all sandboxes of the folder')
    .option('--now', 'emergency: freeze at once, then stop')
    .addHelpText('after', examples('sandbox-cdk stop', 'sandbox-cdk stop payments --now'))
    .action((names: string[], options: Stop.StopOptions) => {
      choose((context) => commands.stop().stop(names, options, context));
    });
}

export function addRestart(program: Command, choose: Choose): void {
  startOptions(engineCommand(program, 'restart', 'stop a sandbox, then start it'))
    .description('Stops the sandbox as stop does, then starts it as start does.')
    .argument('[name...]', 'sandboxes; can be left out when there is one')
    .option('--all', 'restart all sandboxes of the folder')
    .addHelpText('after', examples('sandbox-cdk restart', 'sandbox-cdk restart payments --build'))
    .action((names: string[], options: Start.StartOptions) => {
      choose((context) => commands.restart().restart(names, options, context));
    });
}

export function addStatus(program: Command, choose: Choose): void {
  engineCommand(program, 'status', 'show what runs, how well, and how much it uses')
    .description(
      'Shows for each service: state, health, uptime, CPU, memory and processes against their limits, restarts, kills for want of memory, and the last verdict. Exit code 0 when everything that is described runs and is healthy or starting, and there is no other container, else 1.',
    )
    .argument('[name...]', 'sandboxes; default: all')
    .addHelpText('after', examples('sandbox-cdk status', 'sandbox-cdk status payments --json'))
    .action((names: string[], options: Status.StatusOptions) => {
      choose((context) => commands.status().status(names, options, context));
    });
}

export function addLogs(program: Command, choose: Choose): void {
  engineCommand(program, 'logs', 'show what the services said; also when they have ended')
    .description(
      'Prints what the services of a sandbox wrote, without terminal escape sequences. Works on stopped and crashed sandboxes too.',
    )
    .argument('[name]', 'a sandbox, or SANDBOX/SERVICE; can be left out when there is one')
    .option('-f, --follow', 'go on as they write more')
    .addOption(new Option('-n, --tail <lines>', 'the last lines only').argParser(wholeNumber))
    .option('--since <time>', 'only what is newer: 10m, 2h, or an RFC 3339 time')
    .option('-t, --timestamps', 'put the time before each line')
    .addHelpText(
      'after',
      examples('sandbox-cdk logs', 'sandbox-cdk logs payments/codex --follow --tail 20'),
    )
    .action((name: string | undefined, options: Logs.LogsOptions) => {
      choose((context) => commands.logs().logs(name, options, context));
    });
}

export function addShell(program: Command, choose: Choose): void {
  withProject(program.command('shell'))
    .summary('open an interactive shell inside')
    .description("Opens a shell inside a running service, as the agent's own user.")
    .argument('[name]', 'a sandbox, or SANDBOX/SERVICE; can be left out when there is one')
    .addHelpText('after', examples('sandbox-cdk shell', 'sandbox-cdk shell payments/codex'))
    .action((name: string | undefined, options: Shell.ShellOptions) => {
      choose((context) => commands.shell().shell(name, options, context));
    });
}

/** @param words what stands after `--` on the command line; `undefined` when there is none */
export function addExec(
  program: Command,
  choose: Choose,
  words: readonly string[] | undefined,
): void {
  withProject(program.command('exec'))
    .summary('run a program inside')
    .usage('[options] [name] -- <program> [argument...]')
    .description(
      "Runs a program inside a running service, as the agent's own user. Every argument is passed as it is; input, output, errors and the exit code are the program's own.",
    )
    .argument('[name]', 'a sandbox, or SANDBOX/SERVICE; can be left out when there is one')
    .option('-w, --workdir <dir>', 'where it runs; default: the working directory of the image')
    .option('-e, --env <name=value>', 'a variable for it; can be repeated', repeat)
    .addHelpText(
      'after',
      examples(
        'sandbox-cdk exec -- npm test',
        'sandbox-cdk exec payments/codex -- codex --version',
      ),
    )
    .action((name: string | undefined, options: Exec.ExecOptions) => {
      choose((context) => commands.exec().exec(name, words, options, context));
    });
}

export const FORMATS = ['text', 'json', 'sarif', 'junit'] as const;

export function addValidate(program: Command, choose: Choose): void {
  validateOptions(engineCommand(program, 'validate', 'prove the walls of a running sandbox'))
    .description(
      'Probes every service from outside, and inside with what the agent cannot replace. Exit code 1 unless every wall is proven. With --static the folder alone is looked at, without an engine.',
    )
    .argument('[name...]', 'sandboxes; default: all that run, with --static all')
    .addOption(new Option('--format <format>', 'how to answer').choices(FORMATS).default('text'))
    .addOption(
      new Option('--static', 'look at the folder alone; needs no engine').conflicts('watch'),
    )
    .option('--watch', 'prove again whenever something happens to the sandbox, until Ctrl-C')
    .addHelpText(
      'after',
      examples(
        'sandbox-cdk validate',
        'sandbox-cdk validate payments --format sarif > walls.sarif',
        'sandbox-cdk validate --static --format junit > walls.xml',
        'sandbox-cdk validate payments --watch',
        "sandbox-cdk validate --allow-unproven K8='the host is patched by its vendor'",
      ),
    )
    .action((names: string[], options: Validate.ValidateOptions) => {
      choose((context) => commands.validate().validate(names, options, context));
    });
}

export function addDemo(program: Command, choose: Choose): void {
  engineCommand(program, 'demo', 'show what the walls do, by running into them')
    .description(
      "Tries attacks inside a running service, as the agent's own user, and shows how each is refused. Everything is as before afterwards. Exit code 1 unless every attack was tried and refused.",
    )
    .argument('[name]', 'a sandbox (its first service), or SANDBOX/SERVICE; default: the only one')
    .addHelpText('after', examples('sandbox-cdk demo', 'sandbox-cdk demo payments/codex --json'))
    .action((name: string | undefined, options: Demo.DemoOptions) => {
      choose((context) => commands.demo().demo(name, options, context));
    });
}

export function addClean(program: Command, choose: Choose): void {
  engineCommand(program, 'clean', 'remove what a sandbox created on the engine')
    .description(
      'Removes the containers, networks, volumes and images of a sandbox. Output folders stay as they are; with --outputs they are emptied too. Asks first on a terminal; elsewhere it needs --yes.',
    )
    .argument('[name...]', 'sandboxes; can be left out when there is one')
    .option('--all', 'clean all sandboxes of the folder')
    .option('-y, --yes', 'do not ask')
    .option('--outputs', 'empty the output folders too')
    .addHelpText('after', examples('sandbox-cdk clean', 'sandbox-cdk clean payments --yes'))
    .action((names: string[], options: Clean.CleanOptions) => {
      choose((context) => commands.clean().clean(names, options, context));
    });
}

export function addDoctor(program: Command, choose: Choose): void {
  program
    .command('doctor')
    .summary('look at this machine and its engine')
    .description(
      'Tells what this machine has, what that means for which wall, and the command that mends it. Changes nothing. Exit code 1 when something is bad, 4 without an engine.',
    )
    .option('--json', 'answer in JSON')
    .addHelpText('after', examples('sandbox-cdk doctor', 'sandbox-cdk doctor --json'))
    .action((options: Doctor.DoctorOptions) => {
      choose((context) => commands.doctor().doctor(options, context));
    });
}

/** With the options that all of them share. */
function engineCommand(program: Command, name: string, summary: string): Command {
  return withProject(program.command(name)).summary(summary).option('--json', 'answer in JSON');
}

/** What `start` and `restart` take, besides what validating takes. */
function startOptions(command: Command): Command {
  return validateOptions(command)
    .option('--build', 'build the images again, also when nothing changed')
    .option('--edited', 'start from generated files that were edited by hand')
    .option(
      '--timeout <seconds>',
      'how long it may take to become healthy',
      seconds,
      START_TIMEOUT,
    );
}

function validateOptions(command: Command): Command {
  return command.option(
    '--allow-unproven <id=reason>',
    'a wall that may stay unproven, and why; can be repeated',
    repeat,
  );
}

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('Give a whole number of lines.');
  return Number(value);
}
