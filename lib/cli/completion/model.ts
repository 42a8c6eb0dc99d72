/** What the completion scripts need to know of the command line. */
import type { Command, Option } from 'commander';

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** True when its arguments are names of sandboxes. */
  readonly takesSandboxes: boolean;
  /** What else can be given, when it is known. */
  readonly words: readonly string[];
}

export interface CompletedOption {
  /** `--level` */
  readonly flag: string;
  readonly description: string;
  /** Whether a value follows it. */
  readonly takesValue: boolean;
  /** The values it accepts, when there are only a few. */
  readonly values: readonly string[];
  /** True when the value is a folder. */
  readonly takesFolder: boolean;
}

/** By the words of their arguments: a new command is completed without a list to keep. */
function takesSandboxes(command: Command): boolean {
  return command.registeredArguments.some(({ description }) => /sandbox/.test(description));
}

/** @param words what can be given to a command, where its own arguments do not list it */
export function describeCommands(
  program: Command,
  words: Readonly<Record<string, readonly string[]>> = {},
): CompletedCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary() || command.description(),
    options: [...command.options.map(describeOption), HELP],
    takesSandboxes: takesSandboxes(command),
    words:
      words[command.name()] ??
      command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  }));
}

const HELP: CompletedOption = {
  flag: '--help',
  description: 'show help',
  takesValue: false,
  values: [],
  takesFolder: false,
};

function describeOption(option: Option): CompletedOption {
  return {
    flag: option.long ?? option.flags,
    description: option.description,
    takesValue: option.required,
    values: option.argChoices ?? [],
    takesFolder: option.flags.includes('<dir>'),
  };
}

/**
 * A shell command that prints the names of the sandboxes, one a line: those of the manifest in the
 * default output folder, which is read in no time, where running the program would take some.
 */
export const SANDBOX_NAMES =
  'sed -n \'s/^    "\\([a-z0-9_-]*\\)": {$/\\1/p\' sandbox.out/manifest.json 2>/dev/null';
