/** All the ways in which a user's program can fail to give an assembly, each with its remedy. */
import { inspect } from 'node:util';
import type { SourceLocation } from '../../core/source-location';
import { userFrames } from '../../core/source-location';
import { CommandError, ExitCode, usageError } from '../exit-code';

/** The user's program failed. `frames` are the user's own, innermost first. */
export class ProgramError extends CommandError {
  constructor(
    code: string,
    message: string,
    readonly frames: readonly SourceLocation[] = [],
  ) {
    super(ExitCode.program, code, message);
  }
}

export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  /** Its file is relative to the project folder. */
  readonly source?: SourceLocation;
}

/** The program does not pass the type check. */
export class TypeErrors extends CommandError {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    const count = diagnostics.length;
    super(ExitCode.program, 'PROGRAM_TYPES', `${count} type error${count === 1 ? '' : 's'}`);
  }
}

/** Whatever the program threw, with its message and only the user's own frames. */
export function threw(error: unknown, app: string): CommandError {
  if (error instanceof CommandError) return error;
  if (!(error instanceof Error)) {
    return new ProgramError('PROGRAM_THREW', `${app} threw ${inspect(error)}`);
  }
  if ((error as NodeJS.ErrnoException).code === 'ERR_REQUIRE_ESM') return requiredEsModule(error);
  const remedy = error instanceof SyntaxError ? onlyInEsModules(error) : undefined;
  const frames = [...placeOfSyntaxError(error), ...userFrames(stackOf(error))];
  // Without a line of the user's, all there is must do.
  const message =
    frames.length > 0 ? withCauses(error) : [withCauses(error), stackOnly(error)].join('\n');
  return new ProgramError(
    'PROGRAM_THREW',
    [message, ...(remedy ? [remedy] : [])].join('\n'),
    frames,
  );
}

/** TypeScript programs run as CommonJS, also those that are written as ES modules. */
function onlyInEsModules({ message }: SyntaxError): string | undefined {
  if (message.includes('import.meta'))
    return 'in a TypeScript program, use __dirname and __filename';
  if (message.startsWith('await is only valid')) {
    return 'in a TypeScript program, await inside an async function: async function main() { … } void main();';
  }
  return undefined;
}

export function neverCalledSynth(app: string): ProgramError {
  return new ProgramError(
    'PROGRAM_NO_SYNTH',
    `${app} ended without synthesizing; add this as its last line:\n\n    app.synth();\n`,
  );
}

export function stuck(app: string): ProgramError {
  return new ProgramError(
    'PROGRAM_STUCK',
    `${app} ended before it reached app.synth(): it waits for a promise that nothing will settle any more`,
  );
}

export function timedOut(app: string, seconds: number): ProgramError {
  return new ProgramError(
    'PROGRAM_TIMEOUT',
    `${app} did not call app.synth() within ${seconds} s; if it needs longer, give it more with --timeout SECONDS`,
  );
}

export function exited(app: string, code: unknown): ProgramError {
  return new ProgramError(
    'PROGRAM_EXITED',
    `${app} called process.exit(${code === undefined ? '' : inspect(code)}); remove the call, and throw an error where something is wrong`,
    userFrames(new Error().stack ?? ''),
  );
}

export function synthesizedTwice(app: string): ProgramError {
  return new ProgramError(
    'PROGRAM_TWO_APPS',
    `${app} synthesized twice; a program has one App, and calls its synth() once`,
    userFrames(new Error().stack ?? ''),
  );
}

export function missingApp(app: string, configFile: string): CommandError {
  return usageError('APP_MISSING', `${configFile}: received the app ${app}, which does not exist`);
}

export function unknownAppKind(app: string): CommandError {
  return usageError(
    'APP_KIND',
    `cannot run ${app}: a program is a TypeScript or JavaScript file, such as bin/sandbox.ts`,
  );
}

function requiredEsModule(error: Error): CommandError {
  const message = error.message.split('\n')[0]!;
  return new ProgramError(
    'PROGRAM_THREW',
    `${message}\nan ES module cannot be imported by a CommonJS program; use await import() for it`,
    userFrames(stackOf(error)),
  );
}

function withCauses(error: Error): string {
  const lines = [`${error.name}: ${firstLines(error)}`];
  const seen = new Set<unknown>([error]);
  for (let at = error.cause; at instanceof Error && !seen.has(at); at = at.cause) {
    seen.add(at);
    lines.push(`  caused by ${at.name}: ${firstLines(at)}`);
  }
  return lines.join('\n');
}

/** A message without the list of requiring files that Node adds to it; the frames say it better. */
function firstLines({ message }: Error): string {
  return message.replace(/\nRequire stack:[^]*$/, '');
}

/** Where a file cannot be parsed: V8 puts it before the stack, as the line and a caret below it. */
function placeOfSyntaxError(error: Error): SourceLocation[] {
  if (!(error instanceof SyntaxError)) return [];
  const match = /^(.+):(\d+)\n.*\n( *)\^/.exec(stackOf(error));
  if (!match) return [];
  return [{ file: match[1]!, line: Number(match[2]), column: match[3]!.length + 1 }];
}

function stackOnly(error: Error): string {
  return stackOf(error)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

function stackOf(error: Error): string {
  return typeof error.stack === 'string' ? error.stack : '';
}
