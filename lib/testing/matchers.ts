/** The matchers that `Match` makes. */
import { compare, compareLists, EXACT, PARTIAL, weight } from './compare';
import { Matcher, MatchResult } from './matcher';
import { show } from './show';

/** Objects and lists, partially or exactly. */
export class LiteralMatcher extends Matcher {
  constructor(
    private readonly pattern: unknown,
    private readonly exact: boolean,
  ) {
    super();
  }
  override test(actual: unknown): MatchResult {
    return compare(this.pattern, actual, this.exact ? EXACT : PARTIAL);
  }
  override describe(): string {
    return `${this.exact ? 'exactly ' : ''}${show(this.pattern)}`;
  }
  override inner(): readonly unknown[] {
    return [this.pattern];
  }
}

/** A list in which the items stand in this order, with others between them. */
export class SubsequenceMatcher extends Matcher {
  constructor(private readonly items: readonly unknown[]) {
    super();
  }

  override test(actual: unknown): MatchResult {
    if (!Array.isArray(actual)) return compareLists(this.items, actual, PARTIAL);
    const result = new MatchResult();
    let next = 0;
    for (const item of this.items) {
      const results = actual.map((value) => compare(item, value, PARTIAL));
      const found = results.findIndex(({ matches }, index) => index >= next && matches);
      if (found >= 0) {
        result.add(found, results[found]!);
        next = found + 1;
      } else {
        explainMissing(item, results, result);
      }
    }
    return result;
  }

  override describe(): string {
    return `a list with ${this.items.map(show).join(', ')}`;
  }
  override inner(): readonly unknown[] {
    return [this.items];
  }
}

function explainMissing(item: unknown, results: readonly MatchResult[], into: MatchResult): void {
  if (results.some(({ matches }) => matches)) {
    into.fail(`${show(item)} is there, but not after the items before it (order counts)`);
    return;
  }
  // An item that differs in a part only is the one that was meant.
  const cost = Math.min(...results.map((result) => result.cost));
  const closest = results.findIndex((result) => result.cost === cost);
  if (cost < weight(item)) into.add(closest, results[closest]!);
  else into.fail(`expected ${show(item)} in the list but no item is like it`, weight(item));
}

/** Anything but what the pattern matches. */
export class NotMatcher extends Matcher {
  constructor(private readonly pattern: unknown) {
    super();
  }
  override test(actual: unknown): MatchResult {
    const result = new MatchResult();
    if (!compare(this.pattern, actual, PARTIAL).matches) return result;
    return result.fail(`expected ${this.describe()} but received ${show(actual)}`);
  }
  override describe(): string {
    return `anything but ${show(this.pattern)}`;
  }
  override inner(): readonly unknown[] {
    return [this.pattern];
  }
}

export class AnyValueMatcher extends Matcher {
  override test(actual: unknown): MatchResult {
    const result = new MatchResult();
    if (actual !== undefined && actual !== null) return result;
    return result.fail(`expected any value but received ${show(actual)}`);
  }
  override describe(): string {
    return 'any value';
  }
}

export class AbsentMatcher extends Matcher {
  override test(actual: unknown): MatchResult {
    const result = new MatchResult();
    if (actual === undefined) return result;
    return result.fail(`expected nothing here but received ${show(actual)}`);
  }
  override describe(): string {
    return 'nothing';
  }
}

export class RegexpMatcher extends Matcher {
  private readonly pattern: RegExp;

  constructor(pattern: string | RegExp) {
    super();
    // Without g and y, which make a RegExp remember where it stopped.
    this.pattern =
      typeof pattern === 'string'
        ? new RegExp(pattern, 'm')
        : new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  }
  override test(actual: unknown): MatchResult {
    const result = new MatchResult();
    if (typeof actual === 'string' && this.pattern.test(actual)) return result;
    return result.fail(`expected ${this.describe()} but received ${show(actual)}`);
  }
  override describe(): string {
    return `a text like ${String(this.pattern)}`;
  }
}

/** A text that holds JSON. */
export class SerializedJsonMatcher extends Matcher {
  constructor(private readonly pattern: unknown) {
    super();
  }
  override test(actual: unknown): MatchResult {
    const result = new MatchResult();
    let value: unknown;
    try {
      value = JSON.parse(String(actual));
    } catch {
      return result.fail(`expected a text with JSON but received ${show(actual)}`);
    }
    const inside = compare(this.pattern, value, PARTIAL);
    for (const { path, message, cost } of inside.mismatches) {
      result.fail(
        `in the JSON${path.length > 0 ? `, at ${path.join('.')}` : ''}: ${message}`,
        cost,
      );
    }
    return result.onSuccess(() => inside.succeed());
  }
  override describe(): string {
    return `a text with the JSON ${show(this.pattern)}`;
  }
}
