/** The words of an expectation beside plain data: "a list with", "anything but", "nothing here". */
import type { Matcher } from './matcher';
import {
  AbsentMatcher,
  AnyValueMatcher,
  LiteralMatcher,
  NotMatcher,
  RegexpMatcher,
  SerializedJsonMatcher,
  SubsequenceMatcher,
} from './matchers';

type AnyObject = Readonly<Record<string, unknown>>;

/**
 * Matchers to put at any place of an expectation. Without one, plain data is compared as
 * `objectLike` for objects and `arrayEquals` for lists.
 *
 * @example
 * import { App, Level1Sandbox } from 'sandbox-cdk';
 * import { Match, Template } from 'sandbox-cdk/testing';
 *
 * const template = Template.fromSandbox(new Level1Sandbox(new App(), 'demo', { source: '.' }));
 * template.hasService('agent', {
 *   privileged: Match.absent(),
 *   volumes: Match.arrayWith([{ target: '/workspace', read_only: true }]),
 *   environment: { HOME: Match.stringLikeRegexp('^/home/') },
 * });
 */
export class Match {
  /** An object with these keys, and possibly others, at every depth. */
  static objectLike(pattern: AnyObject): Matcher {
    return new LiteralMatcher(object('objectLike', pattern), false);
  }
  /** An object with these keys and no others, at every depth. */
  static objectEquals(pattern: AnyObject): Matcher {
    return new LiteralMatcher(object('objectEquals', pattern), true);
  }
  /** A list with these items in this order, and possibly others before, between and after them. */
  static arrayWith(items: readonly unknown[]): Matcher {
    return new SubsequenceMatcher(list('arrayWith', items));
  }
  /** A list of these items in this order, and no others; objects in it have no other keys. */
  static arrayEquals(items: readonly unknown[]): Matcher {
    return new LiteralMatcher(list('arrayEquals', items), true);
  }
  /** Exactly this value: no other keys and no other items at any depth. */
  static exact(pattern: unknown): Matcher {
    return new LiteralMatcher(pattern, true);
  }
  /**
   * A text in which the regular expression finds something. In one given as a string, `^` and `$`
   * also match at the start and end of each line.
   *
   * @throws SyntaxError when the string is no regular expression
   */
  static stringLikeRegexp(pattern: string | RegExp): Matcher {
    return new RegexpMatcher(pattern);
  }
  /** A text that holds JSON which matches the pattern; objects in it as in `objectLike`. */
  static serializedJson(pattern: unknown): Matcher {
    return new SerializedJsonMatcher(pattern);
  }
  /** Any value at all; not null, and not a missing key. */
  static anyValue(): Matcher {
    return new AnyValueMatcher();
  }
  /** No such key. */
  static absent(): Matcher {
    return new AbsentMatcher();
  }
  /** Anything, also nothing, that the pattern does not match. */
  static not(pattern: unknown): Matcher {
    return new NotMatcher(pattern);
  }
}

function object(method: string, pattern: AnyObject): AnyObject {
  if (typeof pattern === 'object' && (pattern as unknown) !== null && !Array.isArray(pattern)) {
    return pattern;
  }
  throw new TypeError(`Match.${method}: received no object; use Match.exact for other values`);
}

function list(method: string, items: readonly unknown[]): readonly unknown[] {
  if (Array.isArray(items)) return items;
  throw new TypeError(`Match.${method}: received no list; give the items in []`);
}
