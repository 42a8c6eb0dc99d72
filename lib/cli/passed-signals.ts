/** Signals that would end this process, passed on to the program that it runs inside a sandbox. */
import * as os from 'node:os';

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How long a program may go on whose reader has gone. */
const GRACE_MS = 2000;

/** Whoever can be sent a signal. */
export interface Receiver {
  /** @returns whether it was sent */
  signal(signal: NodeJS.Signals): Promise<boolean>;
}

/** 128 and the number of the signal, as shells count. */
export function codeOfSignal(signal: NodeJS.Signals): number {
  return 128 + os.constants.signals[signal];
}

export class PassedSignals {
  private receiver: Receiver | undefined;
  private wasAsked = false;
  private leave: (code: number) => void = () => undefined;

  /** @param onLost the program could not be told, or was told before and goes on */
  constructor(private readonly onLost: () => void) {}

  /**
   * Runs the work to its end, whatever code that gives: a program that was sent a signal may end as
   * it likes. Where it could not be sent, or is the second one, the work is left as it stands.
   *
   * @returns what the work gives; when it was left, the code of the signal
   */
  async during(work: () => Promise<number>): Promise<number> {
    const left = new Promise<number>((resolve) => (this.leave = resolve));
    for (const signal of ENDING) process.on(signal, this.pass);
    try {
      return await Promise.race([work(), left]);
    } finally {
      for (const signal of ENDING) process.off(signal, this.pass);
    }
  }

  to(receiver: Receiver): void {
    this.receiver = receiver;
  }

  /** Nobody reads what the program says: it is told as in a pipe, and asked to end where it ignores that. */
  async readerGone(): Promise<void> {
    if (await this.send('SIGPIPE')) {
      await new Promise((resolve) => setTimeout(resolve, GRACE_MS).unref());
      await this.send('SIGTERM');
    }
    this.leave(codeOfSignal('SIGPIPE'));
  }

  private readonly pass = (signal: NodeJS.Signals): void => {
    void this.passOrLeave(signal);
  };

  private async passOrLeave(signal: NodeJS.Signals): Promise<void> {
    const isSecond = this.wasAsked;
    this.wasAsked = true;
    if (!isSecond && (await this.send(signal))) return;
    if (this.receiver) this.onLost();
    this.leave(codeOfSignal(signal));
  }

  private async send(signal: NodeJS.Signals): Promise<boolean> {
    try {
      return (await this.receiver?.signal(signal)) ?? false;
    } catch {
      return false;
    }
  }
}
