/** A connection that `docker system dial-stdio` carries: HTTP takes it for a socket. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Socket } from 'node:net';
import { Duplex, type Readable, type Writable } from 'node:stream';
import type { Environment } from './environment';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** What keeps this process going: the child and its pipes, which are sockets though not by their types. */
type Holder = Pick<Socket, 'ref' | 'unref'> | Pick<Child, 'ref' | 'unref'>;

/** What is kept of its last words. */
const LAST_WORDS = 2000;

export function dialThroughDocker(env: Environment): Duplex {
  const child = spawn('docker', ['system', 'dial-stdio'], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return new DialledStream(child);
}

class DialledStream extends Duplex {
  private complaint = '';
  private timer: NodeJS.Timeout | undefined;
  private patience = 0;

  constructor(private readonly child: Child) {
    // Where one side ends the other may still have to say something, as on a socket of HTTP.
    super({ allowHalfOpen: true });
    child.stdout.on('data', (chunk: Buffer) => this.receive(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      this.complaint = (this.complaint + chunk.toString()).slice(-LAST_WORDS);
    });
    child.stdin.on('error', () => undefined); // it went away; its end tells why
    child.on('error', (error) => this.destroy(error));
    child.on('close', (code) => this.ended(code));
  }

  private receive(chunk: Buffer): void {
    this.sign();
    if (!this.push(chunk)) this.child.stdout.pause();
  }

  private ended(code: number | null): void {
    const complaint = this.complaint.trim();
    if (code === 0 || complaint === '') this.push(null);
    else this.destroy(new Error(`docker system dial-stdio: ${complaint}`));
  }

  override _read(): void {
    this.child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.sign();
    // What cannot be written is no error of its own: the end of the child tells why.
    this.child.stdin.write(chunk, () => done());
  }

  override _final(done: () => void): void {
    this.child.stdin.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.timer);
    this.child.kill();
    done(error);
  }

  /** As a socket does: tells of a silence that long, and 0 waits for ever. */
  setTimeout(milliseconds: number, listener?: () => void): this {
    this.patience = milliseconds;
    if (listener && milliseconds > 0) this.once('timeout', listener);
    if (listener && milliseconds === 0) this.off('timeout', listener);
    this.sign();
    return this;
  }

  private sign(): void {
    clearTimeout(this.timer);
    if (this.patience > 0)
      this.timer = setTimeout(() => this.emit('timeout'), this.patience).unref();
  }

  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  /** What an agent keeps for later must not keep the command from ending. */
  unref(): this {
    this.each((part) => part.unref());
    return this;
  }

  ref(): this {
    this.each((part) => part.ref());
    return this;
  }

  private each(action: (part: Holder) => void): void {
    const { child } = this;
    const pipes: unknown[] = [child.stdin, child.stdout, child.stderr];
    for (const part of [child, ...(pipes as Holder[])]) action(part);
  }
}
