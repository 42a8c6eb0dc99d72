/** Carries the three streams of a program over its connection to the engine. */
import type { Duplex, Readable, Writable } from 'node:stream';
import { demultiplexer, type Channel } from './frames';

export interface Streams {
  /** Default: none, the program reads an end at once. */
  readonly stdin?: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * Ends when the program has nothing more to say. A reader of ours that is slow makes the program
 * wait. What the program said before it ended is all written, also when it left its input unread:
 * that breaks the connection under what is still being sent.
 *
 * @param onGone a reader of ours has gone (`| head`); what comes for it is dropped from here on
 * @returns what may be the engine's complaint, in place of a program that could not be started: it
 * comes as if the program had said it, and only the program's state tells. Not yet written
 */
export function carry(
  socket: Duplex,
  { stdin, stdout, stderr }: Streams,
  onGone: () => void,
): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const outputs = new Outputs(socket, { stdout, stderr }, onGone);
    const input = new Input(socket, stdin);
    const finish = () => {
      input.stop();
      void outputs.flushed().then(() => resolve(outputs.complaint));
    };
    socket.on('data', demultiplexer(outputs.receive)).on('end', finish).on('close', finish);
    // How it went is the exit code's to tell: asking for it fails where the engine has gone.
    socket.on('error', finish);
    input.start();
  });
}

/** Our input, sent on as fast as the program takes it. */
class Input {
  constructor(
    private readonly socket: Duplex,
    private readonly stdin: Readable | undefined,
  ) {}

  start(): void {
    if (!this.stdin) {
      this.socket.end();
      return;
    }
    this.socket.on('drain', this.more);
    // What cannot be read, such as a folder, is an input that ends.
    this.stdin.on('data', this.send).on('end', this.end).on('error', this.end);
  }

  stop(): void {
    this.socket.off('drain', this.more);
    this.stdin?.off('data', this.send).off('end', this.end).pause();
  }

  private readonly send = (chunk: Buffer): void => {
    if (!this.socket.writable) this.stop();
    else if (!this.socket.write(chunk)) this.stdin?.pause();
  };

  private readonly more = (): void => void this.stdin?.resume();
  private readonly end = (): void => void this.socket.end();
}

/** Resolves when it has been handed to the operating system, or cannot be. */
export function write(stream: Writable, data: Buffer | string): Promise<void> {
  return new Promise((resolve) => stream.write(data, () => resolve()));
}

const COMPLAINT = 'OCI runtime exec failed: ';

/** Our outputs. */
class Outputs {
  complaint: Buffer | undefined;
  private isFirst = true;
  private readonly full = new Set<Writable>();
  private readonly gone = new Set<Writable>();

  constructor(
    private readonly socket: Duplex,
    private readonly out: Readonly<Record<Channel, Writable>>,
    private readonly onGone: () => void,
  ) {
    for (const stream of new Set(Object.values(out))) {
      stream.on('drain', () => this.freed(stream));
      stream.on('error', () => this.lost(stream));
    }
  }

  readonly receive = (channel: Channel, data: Buffer): void => {
    const isComplaint = this.isFirst && channel === 'stdout' && startsWith(data, COMPLAINT);
    this.isFirst = false;
    if (isComplaint) {
      this.complaint = data;
      return;
    }
    // More follows, so the program was started, and said it itself.
    if (this.complaint) this.send(this.out.stdout, this.complaint);
    this.complaint = undefined;
    this.send(this.out[channel], data);
  };

  /** When everything has been handed to the operating system. */
  async flushed(): Promise<void> {
    const waiting = Object.values(this.out).filter(
      (stream) => !this.gone.has(stream) && stream.writableLength > 0,
    );
    await Promise.all(waiting.map((stream) => write(stream, '')));
  }

  private send(stream: Writable, data: Buffer): void {
    if (this.gone.has(stream) || stream.write(data)) return;
    this.full.add(stream);
    this.socket.pause();
  }

  private freed(stream: Writable): void {
    if (this.full.delete(stream) && this.full.size === 0) this.socket.resume();
  }

  private lost(stream: Writable): void {
    if (this.gone.has(stream)) return;
    this.gone.add(stream);
    this.freed(stream);
    this.onGone();
  }
}

function startsWith(data: Buffer, text: string): boolean {
  return data.subarray(0, text.length).equals(Buffer.from(text));
}
