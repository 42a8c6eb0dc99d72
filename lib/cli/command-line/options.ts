/** Options that several commands share, how their values are read, and how examples are shown. */
import { InvalidArgumentError, Option, type Command } from 'commander';

const LONGEST_SECONDS = 86_400;

/** Where the project is, for every command that works on one. */
export function withProject(command: Command): Command {
  return command
    .option(
      '-p, --project <dir>',
      'folder of the project; default: the nearest one with a cdk-like.json',
    )
    .option('-o, --output <dir>', 'output folder; default: that of cdk-like.json');
}

/** What a command passes on to the user's program. */
export function contextOption(): Option {
  return new Option('-c, --context <key=value>', 'a value for the program; can be repeated')
    .argParser(context)
    .default({}, 'none');
}

export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, ...value.split(',').filter(Boolean)];
}

/** As given, commas and all. */
export function repeat(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function context(value: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Give it as KEY=VALUE.');
  return { ...before, [value.slice(0, at)]: value.slice(at + 1) };
}

export function seconds(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number <= LONGEST_SECONDS)) {
    throw new InvalidArgumentError(`Give a number of seconds, at most ${LONGEST_SECONDS}.`);
  }
  return number;
}

export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
