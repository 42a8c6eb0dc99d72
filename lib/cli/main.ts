/** One run of the command: parse the command line, run what was chosen, say what went wrong. */
import { CommanderError } from 'commander';
import { createCommandLine, isCommand, type Chosen } from './command-line';
import type { CommandContext } from './context';
import { ExitCode, usageError } from './exit-code';
import type * as Errors from './output/errors';
import type * as Project from './project';

export interface Invocation extends CommandContext {
  /** The words after the command's name. */
  readonly argv: readonly string[];
}

export async function main({ argv, ...context }: Invocation): Promise<number> {
  try {
    return await parse(argv, context)(context);
  } catch (error) {
    const { reportError, projectFolder } = errorModules();
    return reportError(error, {
      io: context.io,
      json: wantsJson(argv),
      projectDir: projectFolder(context.cwd, argv),
      isWriting: argv[0] === 'synth',
    });
  }
}

/* eslint-disable @typescript-eslint/no-require-imports -- most runs have no error */
function errorModules() {
  return {
    ...(require('./output/errors') as typeof Errors),
    ...(require('./project') as typeof Project),
  };
}
/* eslint-enable @typescript-eslint/no-require-imports */

/** @throws CommandError for a command line that cannot be understood */
function parse(argv: readonly string[], { io }: CommandContext): Chosen {
  const nothing: Chosen = () => Promise.resolve(ExitCode.yes);
  let chosen = nothing;
  let complaint = '';
  const { words, rest } = splitAtDashes(argv);
  const program = createCommandLine((command) => (chosen = command), { only: argv[0], rest });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => io.answer(text),
      writeErr: (text) => (complaint += text),
    });
  }
  try {
    program.parse(wordsOf(words), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // An option of the program itself was enough, and commander misses the command.
    const isAnswered = chosen !== nothing && error.code === 'commander.help';
    if (error.exitCode !== 0 && !isAnswered)
      throw usageError('USAGE', withoutLabel(complaint || error.message));
  }
  return chosen;
}

/** What `exec` runs stands after `--`, and is nobody else's to understand. */
function splitAtDashes(argv: readonly string[]): {
  words: readonly string[];
  rest?: readonly string[];
} {
  const at = argv[0] === 'exec' ? argv.indexOf('--') : -1;
  return at < 0 ? { words: argv } : { words: argv.slice(0, at), rest: argv.slice(at + 1) };
}

/** Help for a command that does not exist is answered as the command itself: with a suggestion. */
function wordsOf(argv: readonly string[]): readonly string[] {
  const [first, second] = argv;
  if (first === undefined) return ['--help'];
  const isLost = first === 'help' && second !== undefined && !/^-|^help$/.test(second);
  return isLost && !isCommand(second) ? argv.slice(1) : argv;
}

function withoutLabel(complaint: string): string {
  return complaint.replace(/^error: /, '').trim();
}

/** For errors of the parser too, which has no options yet. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json');
}
