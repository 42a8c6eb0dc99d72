/** From the bytes of the engine's logs to lines with their times. */
import type { Channel } from './frames';

/** One line that a service wrote. */
export interface LogRecord {
  readonly stream: Channel;
  /** RFC 3339 in UTC with nanoseconds, so that times compare as texts. */
  readonly time: string;
  /** As it was written: whoever shows it makes it inert. */
  readonly text: string;
}

/** More than this without an end is shown as a line of its own. */
const LONGEST_LINE = 1024 * 1024;

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d) ?/;
const LONGEST_TIME = 40;
const NEWLINE = 0x0a;

/**
 * Puts lines together. The engine cuts what a program writes without an end into pieces of 16 KiB, each
 * in a frame of its own, and with a time of its own in the middle of the line.
 */
export class LogRecords {
  private readonly begun = new Map<Channel, { time: string; parts: Buffer[]; length: number }>();
  private last = '';

  constructor(private readonly onRecord: (record: LogRecord) => void) {}

  /** One frame: the engine's time, and a line or a piece of one. */
  readonly frame = (stream: Channel, data: Buffer): void => {
    const { time, rest } = splitTime(data);
    // The engine's own words, such as that it cannot go on reading, come without a time.
    if (time !== undefined) this.last = time;
    const line = this.begun.get(stream) ?? { time: this.last, parts: [], length: 0 };
    line.parts.push(Buffer.from(rest));
    line.length += rest.length;
    this.begun.set(stream, line);
    if (rest.at(-1) === NEWLINE || line.length > LONGEST_LINE) this.finish(stream);
  };

  /** What was begun and has no end yet is a line too. */
  end(): void {
    for (const stream of [...this.begun.keys()]) this.finish(stream);
  }

  private finish(stream: Channel): void {
    const { time, parts } = this.begun.get(stream)!;
    this.begun.delete(stream);
    const text = Buffer.concat(parts).toString('utf8');
    this.onRecord({ stream, time, text: text.replace(/\r?\n$/, '') });
  }
}

/** Lines of the one stream that a container with a terminal has, without frames. */
export function lineSplitter(onLine: (line: Buffer) => void) {
  let rest: Buffer = Buffer.alloc(0);
  return {
    write(chunk: Buffer): void {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
        onLine(rest.subarray(0, end + 1));
        rest = rest.subarray(end + 1);
      }
      if (rest.length > LONGEST_LINE) this.end();
    },
    end(): void {
      if (rest.length > 0) onLine(rest);
      rest = Buffer.alloc(0);
    },
  };
}

function splitTime(data: Buffer): { readonly time?: string; readonly rest: Buffer } {
  const found = TIME.exec(data.toString('latin1', 0, LONGEST_TIME));
  if (!found) return { rest: data };
  return { time: inUtc(found), rest: data.subarray(found[0].length) };
}

/** Some logging drivers give times in the zone of the engine's host. */
function inUtc([, seconds, fraction = '.', zone]: RegExpExecArray): string {
  const utc = zone === 'Z' ? seconds! : toUtc(`${seconds}${zone}`);
  return `${utc}${fraction.padEnd(10, '0')}Z`;
}

function toUtc(text: string): string {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text.slice(0, 19) : time.toISOString().slice(0, 19);
}
