/**
 * Everything the command says goes through this interface: answers (artifacts, JSON) to stdout,
 * words for a person to stderr. So tests need no process, and stdout stays parseable.
 */
import * as fs from 'node:fs';
import type * as NodeTty from 'node:tty';

export type Format = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Marks up text where a terminal shows it; gives it back as it is elsewhere. */
export type Style = (format: Format, text: string) => string;

export interface Io {
  /** Writes a part of the answer to stdout, as it is. */
  answer(text: string): void;
  /** False once the reader of stdout has gone (`| head`); for commands that would go on for ever. */
  readonly isHeard?: () => boolean;
  /** Says a line (or several) to the person, on stderr. */
  tell(text: string): void;
  /** Shows a line that the next text replaces; there is one where stderr is a terminal only. */
  readonly live?: (text: string) => void;
  /** How wide the terminal is that stdout is; `undefined` where it is none. */
  readonly columns?: number;
  /** For text that `answer` writes. */
  readonly answerStyle: Style;
  /** For text that `tell` writes. */
  readonly style: Style;
}

/** The `Io` of a real process. Writes are synchronous, so nothing is lost when the process ends. */
export function processIo(env: Readonly<Record<string, string | undefined>>): Io {
  const answers = descriptor(1);
  const words = descriptor(2);
  return {
    answer: answers.write,
    isHeard: answers.isHeard,
    tell: (text) => words.write(`${text}\n`),
    ...(env.TERM !== 'dumb' && isTerminalDescriptor(2) && { live: liveLine(words.write) }),
    get columns() {
      return isTerminalDescriptor(1) ? process.stdout.columns || undefined : undefined;
    },
    answerStyle: styleFor(1, env),
    style: styleFor(2, env),
  };
}

/** To the start of the line, what is there away, and the new text without an end. */
function liveLine(write: (text: string) => void): (text: string) => void {
  return (text) => write(`\r\u001b[K${text}`);
}

const CODES: Readonly<Record<Format, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

export const plain: Style = (_format, text) => text;

export const coloured: Style = (format, text) => {
  const [on, off] = CODES[format];
  return `\u001b[${on}m${text}\u001b[${off}m`;
};

/** Decides about colours when the first text needs them: most runs say nothing that has any. */
function styleFor(fd: number, env: Readonly<Record<string, string | undefined>>): Style {
  let chosen: Style | undefined;
  return (format, text) => {
    chosen ??= wantsColour(fd, env) ? coloured : plain;
    return chosen(format, text);
  };
}

/** `NO_COLOR` and `FORCE_COLOR` as they are commonly read; otherwise colours on a terminal only. */
export function wantsColour(
  fd: number,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: (fd: number) => boolean = isTerminalDescriptor,
): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return env.TERM !== 'dumb' && isTerminal(fd);
}

function isTerminalDescriptor(fd: number): boolean {
  try {
    // A terminal is a character device; asking that first spares loading node:tty elsewhere.
    if (!fs.fstatSync(fd).isCharacterDevice()) return false;
  } catch {
    return false;
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when needed
  return (require('node:tty') as typeof NodeTty).isatty(fd);
}

/**
 * A writer that survives what pipes do: a reader that has gone (`| head`) ends the output, not the
 * command, and a full pipe is waited for.
 */
function descriptor(fd: number): { write: (text: string) => void; isHeard: () => boolean } {
  let gone = false;
  const write = (text: string) => {
    let rest = Buffer.from(text);
    while (rest.length > 0 && !gone) {
      try {
        rest = rest.subarray(fs.writeSync(fd, rest));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') pause();
        else gone = true;
      }
    }
  };
  return { write, isHeard: () => !gone };
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}
