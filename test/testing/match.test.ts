import * as fc from 'fast-check';
import { EnvRef } from '../../lib/core/env-ref';
import { compare, PARTIAL } from '../../lib/testing/compare';
import { Capture, Match, Matcher, MatchResult } from '../../lib/testing';
import { messageOf } from './sandboxes';

function matches(expected: unknown, actual: unknown): boolean {
  return compare(expected, actual, PARTIAL).matches;
}

/** Where and how a value differs: `volumes.0.read_only: expected true but received false`. */
function mismatches(expected: unknown, actual: unknown): string[] {
  return compare(expected, actual, PARTIAL).mismatches.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
}

describe('plain data', () => {
  test('an object matches when the keys it names match, at every depth', () => {
    expect(matches({ a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 })).toBe(true);
    expect(mismatches({ a: { b: 1 } }, { a: { b: 2 } })).toEqual([
      'a.b: expected 1 but received 2',
    ]);
  });

  test('a missing key is told from a wrong value', () => {
    expect(mismatches({ user: 'root' }, {})).toEqual([
      'user: expected root but the key is missing',
    ]);
  });

  test('a list matches item by item, and objects in it partially', () => {
    expect(matches([{ a: 1 }], [{ a: 1, b: 2 }])).toBe(true);
    expect(matches(['ALL'], ['ALL', 'NET_RAW'])).toBe(false);
    expect(matches(['a', 'b'], ['b', 'a'])).toBe(false);
  });

  test('a list of another length says what is missing and what was not expected', () => {
    expect(mismatches(['ALL', 'SYS_TIME'], ['ALL'])).toEqual([
      ': expected 2 in the list but received 1; missing: SYS_TIME',
    ]);
    expect(mismatches([], ['NET_RAW'])).toEqual([
      ': expected 0 in the list but received 1; not expected: NET_RAW',
    ]);
  });

  test('a text is no number, and quotes show which is which', () => {
    expect(mismatches({ cpus: 2 }, { cpus: '2' })).toEqual(['cpus: expected 2 but received "2"']);
    expect(mismatches({ x: 'true' }, { x: true })).toEqual([
      'x: expected "true" but received true',
    ]);
    expect(mismatches({ x: null }, { x: 'null' })).toEqual([
      'x: expected null but received "null"',
    ]);
  });

  test('the first line that differs stands for two long texts', () => {
    expect(mismatches('a\nb\nc\n', 'a\nx\nc\n')).toEqual([': line 2: expected b but received x']);
    expect(mismatches('a\nb', 'a\nb\nc')).toEqual([': line 3: expected nothing but received c']);
  });

  test('an EnvRef expects its text in the syntax of Compose', () => {
    const user = EnvRef.optional('SANDBOX_UID', '1000');
    expect(matches({ user }, { user: '${SANDBOX_UID:-1000}' })).toBe(true);
    expect(matches({ user }, { user: '1000' })).toBe(false);
  });

  test('keys of an object prototype are keys like any other', () => {
    expect(matches({ constructor: Match.absent() }, {})).toBe(true);
    expect(matches({ toString: 'x' }, {})).toBe(false);
  });

  test('any JSON value matches itself, partially and exactly', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(mismatches(value, structuredClone(value))).toEqual([]);
        expect(mismatches(Match.exact(value), structuredClone(value))).toEqual([]);
      }),
    );
  });

  test('a value matches exactly only itself', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (expected, actual) => {
        const same = canonical(expected) === canonical(actual);
        expect(matches(Match.exact(expected), actual)).toBe(same);
      }),
    );
  });
});

describe('Match', () => {
  test('objectLike is partial, objectEquals is not, at every depth', () => {
    const actual = { driver: 'local', options: { size: '1m', mode: '0700' } };
    expect(matches(Match.objectLike({ options: { size: '1m' } }), actual)).toBe(true);
    expect(mismatches(Match.objectEquals({ options: { size: '1m' } }), actual)).toEqual([
      'options.mode: expected no such key but received "0700"',
      'driver: expected no such key but received local',
    ]);
  });

  test('a matcher inside an exact one decides for itself', () => {
    const pattern = Match.exact({ options: Match.objectLike({ size: '1m' }) });
    expect(matches(pattern, { options: { size: '1m', mode: '0700' } })).toBe(true);
    expect(matches(pattern, { options: { size: '1m' }, driver: 'local' })).toBe(false);
  });

  test('arrayWith finds the items in order, with others between them', () => {
    expect(matches(Match.arrayWith(['a', 'c']), ['a', 'b', 'c'])).toBe(true);
    expect(mismatches(Match.arrayWith(['c', 'a']), ['a', 'b', 'c'])).toEqual([
      ': a is there, but not after the items before it (order counts)',
    ]);
  });

  test('arrayWith needs an item for each, also for equal ones', () => {
    expect(matches(Match.arrayWith(['a', 'a']), ['a'])).toBe(false);
    expect(matches(Match.arrayWith(['a', 'a']), ['a', 'a'])).toBe(true);
  });

  test('arrayWith shows what is wrong with the item that was meant', () => {
    const volumes = [
      { target: '/output' },
      { target: '/workspace', read_only: false, type: 'bind' },
    ];
    const wanted = Match.arrayWith([{ target: '/workspace', read_only: true }]);
    expect(mismatches(wanted, volumes)).toEqual(['1.read_only: expected true but received false']);
    expect(mismatches(Match.arrayWith([{ target: '/x' }]), volumes)).toEqual([
      ': expected { target: /x } in the list but no item is like it',
    ]);
  });

  test('arrayWith holds exactly for subsequences', () => {
    const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 });
    fc.assert(
      fc.property(list, list, (wanted, actual) => {
        expect(matches(Match.arrayWith(wanted), actual)).toBe(isSubsequence(wanted, actual));
      }),
    );
  });

  test('arrayEquals takes no other items and no other keys in them', () => {
    expect(matches(Match.arrayEquals([{ a: 1 }]), [{ a: 1 }])).toBe(true);
    expect(matches(Match.arrayEquals([{ a: 1 }]), [{ a: 1, b: 2 }])).toBe(false);
    expect(matches(Match.arrayEquals(['a']), 'a')).toBe(false);
  });

  test('stringLikeRegexp looks into texts only, line by line when given a string', () => {
    expect(matches(Match.stringLikeRegexp('^USER 1000$'), 'FROM x\nUSER 1000\n')).toBe(true);
    expect(matches(Match.stringLikeRegexp(/^USER/), 'FROM x\nUSER 1000\n')).toBe(false);
    expect(matches(Match.stringLikeRegexp('1'), 1)).toBe(false);
    expect(() => Match.stringLikeRegexp('(')).toThrow(SyntaxError);
  });

  test('stringLikeRegexp gives the same answer each time, also with the flag g', () => {
    const pattern = Match.stringLikeRegexp(/a/g);
    expect([1, 2, 3].map(() => matches(pattern, 'a'))).toEqual([true, true, true]);
  });

  test('serializedJson looks into a text', () => {
    expect(matches(Match.serializedJson({ user: { uid: 1 } }), '{"user":{"uid":1,"gid":2}}')).toBe(
      true,
    );
    expect(mismatches(Match.serializedJson({ user: { uid: 1 } }), '{"user":{"uid":2}}')).toEqual([
      ': in the JSON, at user.uid: expected 1 but received 2',
    ]);
    expect(mismatches(Match.serializedJson({}), 'nope')).toEqual([
      ': expected a text with JSON but received nope',
    ]);
  });

  test('anyValue needs a value, absent needs none', () => {
    expect(matches({ a: Match.anyValue() }, { a: false })).toBe(true);
    expect(matches({ a: Match.anyValue() }, {})).toBe(false);
    expect(matches({ a: Match.anyValue() }, { a: null })).toBe(false);
    expect(matches({ a: Match.absent() }, { b: 1 })).toBe(true);
    expect(mismatches({ a: Match.absent() }, { a: 1 })).toEqual([
      'a: expected nothing here but received 1',
    ]);
  });

  test('not turns any pattern round', () => {
    expect(matches({ a: Match.not('x') }, { a: 'y' })).toBe(true);
    expect(matches({ a: Match.not('x') }, {})).toBe(true);
    expect(matches({ a: Match.not(Match.absent()) }, {})).toBe(false);
    expect(mismatches({ a: Match.not(Match.arrayWith(['x'])) }, { a: ['x', 'y'] })).toEqual([
      'a: expected anything but a list with x but received [x, y]',
    ]);
  });

  test('a matcher says what it cannot be made of', () => {
    expect(messageOf(() => Match.objectLike('x' as never))).toContain('use Match.exact');
    expect(messageOf(() => Match.arrayWith('x' as never))).toContain('give the items in []');
  });

  test('a matcher of one’s own takes part', () => {
    class AtMost extends Matcher {
      constructor(private readonly limit: number) {
        super();
      }
      override test(actual: unknown): MatchResult {
        const result = new MatchResult();
        return Number(actual) <= this.limit ? result : result.fail(`expected ${this.describe()}`);
      }
      override describe(): string {
        return `at most ${this.limit}`;
      }
    }
    expect(matches({ pids_limit: new AtMost(256) }, { pids_limit: 256 })).toBe(true);
    expect(mismatches([new AtMost(1)], [2])).toEqual(['0: expected at most 1']);
  });
});

describe('Capture', () => {
  test('keeps a value once the whole expectation holds', () => {
    const capture = new Capture();
    const result = compare({ a: capture, b: 1 }, { a: 'x', b: 1 }, PARTIAL);
    expect(capture.values).toEqual([]);
    result.succeed();
    expect(capture.values).toEqual(['x']);
    expect(capture.asString()).toBe('x');
  });

  test('matches only what its pattern matches', () => {
    expect(matches(new Capture(Match.stringLikeRegexp('^/')), 'x')).toBe(false);
    expect(matches({ a: new Capture() }, {})).toBe(false);
  });

  test('gives each type, and says what it has when another is asked for', () => {
    const captured = (value: unknown) => {
      const capture = new Capture();
      compare(capture, value, PARTIAL).succeed();
      return capture;
    };
    expect(captured(4).asNumber()).toBe(4);
    expect(captured(false).asBoolean()).toBe(false);
    expect(captured([1]).asArray()).toEqual([1]);
    expect(captured({ a: 1 }).asObject()).toEqual({ a: 1 });
    expect(messageOf(() => captured([1]).asString())).toContain('captured [1], which is a list');
    expect(messageOf(() => new Capture().value)).toContain('nothing was captured');
  });
});

function isSubsequence(wanted: readonly string[], actual: readonly string[]): boolean {
  let next = 0;
  for (const item of actual) if (item === wanted[next]) next++;
  return next === wanted.length;
}

/** JSON with sorted keys; -0 is 0 in JSON, and another number in memory. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`,
    );
    return `{${entries.sort().join()}}`;
  }
  return Object.is(value, -0) ? '-0' : JSON.stringify(value);
}
