/** Lengths of time, so that nobody has to guess whether 30 means seconds or milliseconds. */

/**
 * A length of time in whole milliseconds, from 0 to 2^53 - 1.
 *
 * @example
 * import { Duration } from 'sandbox-cdk';
 *
 * Duration.minutes(1.5).toCompose(); // '1m30s'
 */
export class Duration {
  /** @throws RangeError when the amount is not a whole, positive number of milliseconds */
  static milliseconds(amount: number): Duration {
    return new Duration(amount);
  }
  static seconds(amount: number): Duration {
    return new Duration(whole(amount * 1_000));
  }
  static minutes(amount: number): Duration {
    return new Duration(whole(amount * 60_000));
  }
  static hours(amount: number): Duration {
    return new Duration(whole(amount * 3_600_000));
  }

  private constructor(private readonly amount: number) {
    if (!Number.isSafeInteger(amount) || amount < 0) {
      throw new RangeError(
        `Duration: received ${amount} ms; allowed is a whole number of milliseconds from 0 to 2^53 - 1`,
      );
    }
  }

  toMilliseconds(): number {
    return this.amount;
  }
  toSeconds(): number {
    return this.amount / 1_000;
  }

  /** The form that Compose and Dockerfiles read: `1h30m`, `30s`, `1s500ms`. */
  toCompose(): string {
    if (this.amount === 0) return '0s';
    const parts: [number, string][] = [
      [Math.floor(this.amount / 3_600_000), 'h'],
      [Math.floor(this.amount / 60_000) % 60, 'm'],
      [Math.floor(this.amount / 1_000) % 60, 's'],
      [this.amount % 1_000, 'ms'],
    ];
    return parts
      .filter(([amount]) => amount > 0)
      .map(([amount, unit]) => `${amount}${unit}`)
      .join('');
  }

  toString(): string {
    return this.toCompose();
  }
}

/** 1.005 s are 1,005 ms, although the product of the two numbers is a little less. */
function whole(product: number): number {
  const rounded = Math.round(product);
  return Math.abs(product - rounded) <= 2 * Number.EPSILON * rounded ? rounded : product;
}
