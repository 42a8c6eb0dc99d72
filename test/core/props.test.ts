import * as fc from 'fast-check';
import { RootConstruct } from 'constructs';
import * as z from 'zod';
import { InvalidPropsError } from '../../lib/core/errors';
import { invalidProps, parseProps, show } from '../../lib/core/props';
import { EnvRef } from '../../lib/core/env-ref';
import { Size } from '../../lib/core/size';
import * as schemas from '../../lib/core/schemas';
import { anyText } from './texts';

const schema = z.strictObject({
  source: schemas.hostPath,
  count: z.int('a whole number').optional(),
  user: schemas.user.optional(),
  labels: schemas.labels.optional(),
  items: z.array(z.strictObject({ target: schemas.containerPath })).optional(),
  address: z
    .union([z.string().regex(/^tcp:/, 'tcp://…'), schemas.envRef()], 'an address or an EnvRef')
    .optional(),
  memory: schemas.size.optional(),
});

/** `rule: message; fix` of every problem. */
function problemsOf(props: unknown): string[] {
  return errorOf(props).findings.map(({ rule, message, fix }) => `${rule}: ${message}; ${fix}`);
}

function errorOf(props: unknown): InvalidPropsError {
  try {
    parseProps(schema, props, { kind: 'Thing', scope: new RootConstruct('team'), id: 'x' });
  } catch (error) {
    if (error instanceof InvalidPropsError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('props that are not accepted', () => {
  test('are told all at once, with the value received, what is allowed and what to do', () => {
    expect(problemsOf({ source: '', count: 1.5, items: [{ target: 'x' }] })).toEqual([
      'invalid-prop: Thing: source: received ""; allowed: a path relative to the project folder, or absolute; change source',
      'invalid-prop: Thing: count: received 1.5; allowed: a whole number; change count',
      expect.stringMatching(
        /^invalid-prop: Thing: items\.0\.target: received "x"; allowed: an absolute path inside/,
      ),
    ]);
  });

  test('and are missing are told as missing', () => {
    expect(problemsOf({})).toEqual([
      'invalid-prop: Thing: source: received nothing; allowed: a text; give source',
    ]);
    expect(problemsOf(undefined)).toEqual(problemsOf({}));
  });

  test('and are unknown are told with the known ones, and the likely one', () => {
    expect(
      problemsOf({ source: '.', sourc: 1, user: { uid: 1, gid: 1, gidd: 2 }, zzz: 0 }),
    ).toEqual([
      'unknown-prop: Thing: there is no prop user.gidd; known: uid, gid; did you mean gid?',
      expect.stringMatching(
        /^unknown-prop: Thing: there is no prop sourc; known: source, .*; did you mean source\?$/,
      ),
      expect.stringMatching(/^unknown-prop: Thing: there is no prop zzz; known: .*; remove zzz$/),
    ]);
  });

  test('and are unknown in a list or union are told where they are', () => {
    expect(
      problemsOf({ source: '.', items: [{ target: '/a' }, { target: '/b', tarqet: 1 }] }),
    ).toEqual([
      'unknown-prop: Thing: there is no prop items.1.tarqet; known: target; did you mean target?',
    ]);
  });

  test('and fit no alternative are told with all alternatives', () => {
    expect(problemsOf({ source: '.', address: 5 })).toEqual([
      'invalid-prop: Thing: address: received 5; allowed: an address or an EnvRef; change address',
    ]);
    expect(problemsOf({ source: '.', address: 'udp://x' })).toEqual([
      'invalid-prop: Thing: address: received "udp://x"; allowed: tcp://…; change address',
    ]);
  });

  test('in a map are told with the key that is wrong', () => {
    expect(problemsOf({ source: '.', labels: { 'a b': 'x', c: 1 } })).toEqual([
      'invalid-prop: Thing: labels: received the key "a b"; allowed: a label key without spaces and =; change labels',
      'invalid-prop: Thing: labels.c: received 1; allowed: a text; change labels.c',
    ]);
  });

  test('carry the construct, and are one error with a stable code', () => {
    const error = errorOf({ count: 'x' });
    expect(error).toMatchObject({ name: 'InvalidPropsError', code: 'INVALID_PROPS' });
    expect(error.message).toContain('team/x: 2 problems in its props');
    expect(error.findings.map(({ construct }) => construct)).toEqual(['team/x', 'team/x']);
    expect(error.findings.every(({ acknowledgeable }) => !acknowledgeable)).toBe(true);
  });

  test('carry the line of the user who gave them', () => {
    expect(errorOf({}).findings[0]!.source?.file).toBe(__filename);
  });

  test('are refused whatever a program can hold, and never by another error', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withSparseArray: true }),
        (value) => {
          const props = [value, { source: value }, { source: '.', user: value, items: [value] }];
          for (const given of props) expect(refusalOf(given)).toBeInstanceOf(Object);
        },
      ),
    );
  });

  test('with any key whatever are told in lines that a terminal shows as they are', () => {
    fc.assert(
      fc.property(anyText, anyText, (key, value) => {
        fc.pre(!Object.hasOwn(schema.shape, key));
        for (const problem of problemsOf({
          source: '.',
          [key]: value,
          labels: { [key]: `${value}\n` },
        })) {
          expect(problem).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        }
      }),
    );
  });

  test('cannot reach an object’s prototype', () => {
    expect(problemsOf(JSON.parse('{"source": ".", "__proto__": {"count": 1}}'))).toEqual([
      expect.stringContaining('there is no prop __proto__'),
    ]);
    expect(problemsOf({ source: '.', constructor: 1, toString: 2 })).toHaveLength(2);
  });
});

test('accepted props come back as they were given', () => {
  const props = {
    source: '.',
    user: { uid: EnvRef.optional('U', '1'), gid: 1 },
    memory: Size.bytes(1),
  };
  expect(parseProps(schema, props, { kind: 'Thing' })).toEqual(props);
});

test('problems that no schema can express read like the others', () => {
  const problem = { message: 'received a and b; allowed: one of them', fix: 'remove one' };
  expect(invalidProps({ kind: 'Thing', id: 'x' }, [problem]).findings).toMatchObject([
    {
      rule: 'invalid-prop',
      severity: 'error',
      message: 'Thing: received a and b; allowed: one of them',
      fix: 'remove one',
      construct: 'x',
    },
  ]);
});

describe('a received value is shown in one line', () => {
  class Own {}
  const circular: { self?: object } = {};
  circular.self = circular;

  test.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['a\nb', '"a\\nb"'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [10n, '10n'],
    [Symbol('x'), 'Symbol(x)'],
    [() => 1, 'a function'],
    [{ a: [1] }, '{"a":[1]}'],
    [new Own(), 'an instance of Own'],
    [Size.bytes(1), 'an instance of Size'],
    [Object.create(null), '{}'],
    [circular, 'an object that contains itself'],
    ['x'.repeat(100), `"${'x'.repeat(76)}...`],
  ])('%p', (value, expected) => {
    expect(show(value)).toBe(expected);
  });

  test('whatever it is, and never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(show(value)).not.toMatch(/[\r\n]/);
        expect(show(value).length).toBeLessThanOrEqual(80);
      }),
    );
  });
});

/** The error for props that are refused, or the props that were accepted. */
function refusalOf(props: unknown): unknown {
  try {
    return parseProps(schema, props, { kind: 'Thing' });
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidPropsError);
    return error;
  }
}
