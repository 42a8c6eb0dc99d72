/** Takes a value out of a matched document, for assertions that a pattern cannot express. */
import { compare, PARTIAL } from './compare';
import { Matcher, type MatchResult } from './matcher';
import { AnyValueMatcher } from './matchers';
import { show } from './show';

/**
 * A matcher that keeps what it matched, once the whole expectation holds.
 *
 * @example
 * import { App, Level1Sandbox } from 'sandbox-cdk';
 * import { Capture, Template } from 'sandbox-cdk/testing';
 *
 * const template = Template.fromSandbox(new Level1Sandbox(new App(), 'demo', { source: '.' }));
 * const memory = new Capture();
 * template.hasService('agent', { mem_limit: memory, memswap_limit: memory });
 * const [limit, withSwap] = memory.values; // equal: no swap
 */
export class Capture extends Matcher {
  private readonly captured: unknown[] = [];

  /** @param pattern what the value must match. Default: any value that is there. */
  constructor(private readonly pattern?: unknown) {
    super();
  }

  override test(actual: unknown): MatchResult {
    const result = compare(this.pattern ?? new AnyValueMatcher(), actual, PARTIAL);
    return result.onSuccess(() => this.captured.push(actual));
  }
  override describe(): string {
    return this.pattern === undefined ? 'any value' : show(this.pattern);
  }
  override inner(): readonly unknown[] {
    return this.pattern === undefined ? [] : [this.pattern];
  }

  /** Everything captured so far, in the order of the document. */
  get values(): readonly unknown[] {
    return this.captured;
  }

  /** The last value. Throws when nothing was captured. */
  get value(): unknown {
    if (this.captured.length > 0) return this.captured.at(-1);
    throw new RangeError('Capture: nothing was captured; use it in an expectation that holds');
  }

  /** The last value, a string. Throws a TypeError when it is none. */
  asString(): string {
    return this.ofType('string') as string;
  }
  /** The last value, a number. Throws a TypeError when it is none. */
  asNumber(): number {
    return this.ofType('number') as number;
  }
  /** The last value, true or false. Throws a TypeError when it is neither. */
  asBoolean(): boolean {
    return this.ofType('boolean') as boolean;
  }
  /** The last value, a list. Throws a TypeError when it is none. */
  asArray(): readonly unknown[] {
    return this.ofType('list') as readonly unknown[];
  }
  /** The last value, an object. Throws a TypeError when it is none. */
  asObject(): Readonly<Record<string, unknown>> {
    return this.ofType('object') as Readonly<Record<string, unknown>>;
  }

  private ofType(wanted: string): unknown {
    const { value } = this;
    const type = Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
    if (type === wanted) return value;
    throw new TypeError(`Capture: captured ${show(value)}, which is a ${type} and no ${wanted}`);
  }
}
