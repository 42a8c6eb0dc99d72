/** What every matcher is: a test of one value that says where and how it differs. */

const BRAND = Symbol.for('sandbox-cdk.Matcher');

/** One difference between what was expected and what is there. */
export interface Mismatch {
  /** Keys and indexes from the matched value down to what differs. */
  readonly path: readonly (string | number)[];
  /** What was expected and what is there. */
  readonly message: string;
  /** How many of the expected values are not there: the closest candidate is the one that misses fewest. */
  readonly cost: number;
}

/** What came of matching one value. */
export class MatchResult {
  /** Every difference, in the order of the expectation. */
  readonly mismatches: Mismatch[] = [];
  private readonly effects: (() => void)[] = [];

  /** True when nothing differs. */
  get matches(): boolean {
    return this.mismatches.length === 0;
  }

  /** How many of the expected values are not there. */
  get cost(): number {
    return this.mismatches.reduce((sum, { cost }) => sum + cost, 0);
  }

  /** Adds a difference of the value itself. */
  fail(message: string, cost = 1): this {
    this.mismatches.push({ path: [], message, cost });
    return this;
  }

  /** Adds what came of matching a value inside this one. */
  add(key: string | number, inner: MatchResult): this {
    for (const { path, message, cost } of inner.mismatches) {
      this.mismatches.push({ path: [key, ...path], message, cost });
    }
    this.effects.push(...inner.effects);
    return this;
  }

  /** Adds what came of matching the same value. */
  addAll(inner: MatchResult): this {
    this.mismatches.push(...inner.mismatches);
    this.effects.push(...inner.effects);
    return this;
  }

  /** Something to do once the whole match has succeeded, such as keeping a captured value. */
  onSuccess(effect: () => void): this {
    this.effects.push(effect);
    return this;
  }

  /** Carries out what waits for success. */
  succeed(): void {
    for (const effect of this.effects) effect();
  }
}

/**
 * Stands in an expectation for "any value that …". Made with `Match`; subclass it for a matcher of
 * your own.
 *
 * @example
 * import { Matcher, MatchResult } from 'sandbox-cdk/testing';
 *
 * class AtMost extends Matcher {
 *   constructor(private readonly limit: number) {
 *     super();
 *   }
 *   override test(actual: unknown): MatchResult {
 *     const result = new MatchResult();
 *     if (typeof actual === 'number' && actual <= this.limit) return result;
 *     return result.fail(`expected ${this.describe()} but received ${String(actual)}`);
 *   }
 *   override describe(): string {
 *     return `at most ${this.limit}`;
 *   }
 * }
 */
export abstract class Matcher {
  static {
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }

  /** True for a matcher, also for one made by another installed copy of this package. */
  static is(value: unknown): value is Matcher {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  /** Compares with the value that is there; `undefined` when nothing is. */
  abstract test(actual: unknown): MatchResult;

  /** What is expected, in a few words that follow "expected". */
  abstract describe(): string;

  /** The expectations about the same value that this one is made of; their keys are checked. */
  inner(): readonly unknown[] {
    return [];
  }
}
