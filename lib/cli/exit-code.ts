/** What the exit code says; scripts rely on it, so it is the same for every command. */
export const ExitCode = {
  /** The answer is yes. */
  yes: 0,
  /** The answer is no: findings, drift, differences. */
  no: 1,
  /** The command line, `cdk-like.json` or the output folder has to be changed first. */
  usage: 2,
  /** The user's program failed. */
  program: 3,
  /** The container engine could not be reached, or refused. */
  engine: 4,
  /** The person asked to stop: 128 and the number of SIGINT, as shells count. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Ends a command with a message; thrown where going on makes no sense. */
export class CommandError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    /** Stable, for `--json`. */
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** The command line or the configuration has to be changed. */
export function usageError(code: string, message: string): CommandError {
  return new CommandError(ExitCode.usage, code, message);
}
