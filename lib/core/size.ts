/** Amounts of memory and disk, so that nobody has to guess whether 4 means bytes or gigabytes. */

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/**
 * An amount of bytes, a whole number from 0 to 2^53 - 1.
 *
 * @example
 * import { Size } from 'sandbox-cdk';
 *
 * Size.gibibytes(8).toMebibytes(); // 8192
 */
export class Size {
  /** @throws RangeError when the amount is not a whole, positive number of bytes */
  static bytes(amount: number): Size {
    return new Size(amount);
  }
  /** `amount` × 1,024 bytes; fractions are allowed when they are whole bytes. */
  static kibibytes(amount: number): Size {
    return new Size(amount * KIB);
  }
  /** `amount` × 1,024² bytes; fractions are allowed when they are whole bytes. */
  static mebibytes(amount: number): Size {
    return new Size(amount * MIB);
  }
  /** `amount` × 1,024³ bytes; fractions are allowed when they are whole bytes. */
  static gibibytes(amount: number): Size {
    return new Size(amount * GIB);
  }

  private constructor(private readonly amount: number) {
    if (!Number.isSafeInteger(amount) || amount < 0) {
      throw new RangeError(
        `Size: received ${amount} bytes; allowed is a whole number of bytes from 0 to 2^53 - 1`,
      );
    }
  }

  toBytes(): number {
    return this.amount;
  }
  toMebibytes(): number {
    return this.amount / MIB;
  }

  /** The shortest exact form that Compose reads (`4g`, `512m`, `64k`, `100b`). */
  toCompose(): string {
    if (this.amount % GIB === 0 && this.amount > 0) return `${this.amount / GIB}g`;
    if (this.amount % MIB === 0 && this.amount > 0) return `${this.amount / MIB}m`;
    if (this.amount % KIB === 0 && this.amount > 0) return `${this.amount / KIB}k`;
    return `${this.amount}b`;
  }

  toString(): string {
    return this.toCompose();
  }
}
