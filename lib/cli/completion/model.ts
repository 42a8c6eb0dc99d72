/** What the completion scripts need to know of the command line. */
import type { Command, Option } from 'commander';

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** True when its arguments are names of sandboxes. */
  readonly takesSandboxes: boolean;
  /** True when they can be names of services too. */
  readonly takesServices: boolean;
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

/** By the words of its arguments: a new command is completed without a list to keep. */
function takes(command: Command, words: RegExp): boolean {
  return command.registeredArguments.some(({ description }) => words.test(description));
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
    takesSandboxes: takes(command, /sandbox/),
    takesServices: takes(command, /SANDBOX\/SERVICE/),
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
 * Shell commands that print the names of the sandboxes, and those with the names of their services, one
 * a line. They read the manifest of the default output folder, or of the one that they stand in: that
 * takes no time, where running the program, or asking an engine, would take some.
 */
export const SANDBOX_NAMES = names('print name');
export const SERVICE_NAMES = names('print name', 'print name "/" $2');

/** The manifest is written with two spaces a level: sandboxes are at the second, services below. */
function names(onSandbox: string, onService?: string): string {
  const rules = [
    `/^    "[a-z0-9_-]+": [{]$/{name=$2;${onSandbox}}`,
    ...(onService === undefined
      ? []
      : [
          '/^      "services": [[]/{inside=1;next}',
          '/^      []]/{inside=0}',
          `inside&&/^        "/{${onService}}`,
        ]),
  ];
  const files = 'cat sandbox.out/manifest.json manifest.json 2>/dev/null';
  return `${files} | awk -F '"' '${rules.join(';')}'`;
}
