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
  streams: Streams,
  onGone: () => void,
): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    new Carrier(socket, streams, onGone, resolve).start();
  });
}

/** Resolves when it has been handed to the operating system, or cannot be. */
export function write(stream: Writable, data: Buffer | string): Promise<void> {
  return new Promise((resolve) => stream.write(data, () => resolve()));
}

const COMPLAINT = 'OCI runtime exec failed: ';

/** What is kept at most for a slow reader when reading must go on. */
const LARGEST_BACKLOG = 64 * 1024 * 1024;

class Carrier {
  private complaint: Buffer | undefined;
  private isFirst = true;
  private hasEnded = false;
  private readonly full = new Set<Writable>();
  private readonly gone = new Set<Writable>();

  constructor(
    private readonly socket: Duplex,
    private readonly streams: Streams,
    private readonly onGone: () => void,
    private readonly resolve: (complaint: Buffer | undefined) => void,
  ) {}

  start(): void {
    const { stdin, stdout, stderr } = this.streams;
    for (const stream of new Set([stdout, stderr])) {
      stream.on('drain', () => this.drained(stream)).on('error', () => this.lost(stream));
    }
    this.socket.on('data', demultiplexer(this.receive)).on('drain', this.balance);
    // How it went is the exit code's to tell: asking for it fails where the engine has gone.
    for (const event of ['end', 'close', 'error']) this.socket.on(event, this.finish);
    // Input that cannot be read, such as a folder, is an input that ends.
    if (stdin) stdin.on('data', this.forward).on('end', this.endInput).on('error', this.endInput);
    else this.endInput();
  }

  private readonly forward = (chunk: Buffer): void => {
    if (this.socket.writable) this.socket.write(chunk);
    this.balance();
  };

  private readonly endInput = (): void => void this.socket.end();

  private readonly receive = (channel: Channel, data: Buffer): void => {
    const isComplaint = this.isFirst && channel === 'stdout' && startsWith(data, COMPLAINT);
    this.isFirst = false;
    if (isComplaint) {
      this.complaint = data;
      return;
    }
    // More follows, so the program was started, and said it itself.
    if (this.complaint) this.send(this.streams.stdout, this.complaint);
    this.complaint = undefined;
    this.send(this.streams[channel], data);
  };

  private send(stream: Writable, data: Buffer): void {
    if (this.gone.has(stream) || stream.write(data)) return;
    this.full.add(stream);
    this.balance();
  }

  /**
   * While a reader of ours is slow, nothing is taken from the program or given to it. But what is being
   * sent already can break the connection, and then all that was not read is lost: so reading goes on.
   */
  private readonly balance = (): void => {
    const isFull = this.full.size > 0;
    const isSending = this.socket.writableLength > 0;
    if (isFull && (!isSending || this.backlog() > LARGEST_BACKLOG)) this.socket.pause();
    else this.socket.resume();
    if (this.hasEnded || isFull || this.socket.writableNeedDrain || !this.socket.writable)
      this.streams.stdin?.pause();
    else this.streams.stdin?.resume();
  };

  private backlog(): number {
    return this.streams.stdout.writableLength + this.streams.stderr.writableLength;
  }

  private drained(stream: Writable): void {
    this.full.delete(stream);
    this.balance();
  }

  private lost(stream: Writable): void {
    if (this.gone.has(stream)) return;
    this.gone.add(stream);
    this.drained(stream);
    this.onGone();
  }

  private readonly finish = (): void => {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.balance();
    void this.flush().then(() => this.resolve(this.complaint));
  };

  private async flush(): Promise<void> {
    const { stdout, stderr } = this.streams;
    const waiting = [stdout, stderr].filter(
      (stream) => !this.gone.has(stream) && stream.writableLength > 0,
    );
    await Promise.all(waiting.map((stream) => write(stream, '')));
  }
}

function startsWith(data: Buffer, text: string): boolean {
  return data.subarray(0, text.length).equals(Buffer.from(text));
}
