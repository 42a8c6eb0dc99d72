import * as fc from 'fast-check';
import type * as z from 'zod';
import { Duration } from '../../lib/core/duration';
import { EnvRef } from '../../lib/core/env-ref';
import * as schemas from '../../lib/core/schemas';
import { Size } from '../../lib/core/size';

function accepts(schema: z.ZodType, value: unknown): boolean {
  return schema.safeParse(value).success;
}

/** Every character that no value may hold. */
const CONTROL = [
  ...Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)),
  ...['\u007f', '\u0085', '\u2028', '\u2029', '\ufeff'],
].filter((char) => !'\t\n\r'.includes(char));

describe('text', () => {
  test('is any text without control characters, line ends and tabs allowed', () => {
    expect(accepts(schemas.text, 'päge\tone\ntwo 🐋 "$X" \'')).toBe(true);
    for (const char of CONTROL)
      expect([char, accepts(schemas.text, `a${char}b`)]).toEqual([char, false]);
  });

  test('with half of a surrogate pair is no text', () => {
    expect(accepts(schemas.text, 'a\ud800b')).toBe(false);
    expect(accepts(schemas.text, '\udc00')).toBe(false);
  });

  test('any characters that people type are accepted', () => {
    const typed = fc.string({ unit: 'grapheme' }).filter((value) => !/[\u2028\u2029]/.test(value));
    fc.assert(
      fc.property(typed, (value) => {
        expect(accepts(schemas.text, value)).toBe(true);
      }),
    );
  });

  test('that is not a string is refused, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.anything().filter((value) => typeof value !== 'string'),
        (value) => {
          expect(accepts(schemas.text, value)).toBe(false);
        },
      ),
    );
  });

  test('of more than one line is no line', () => {
    expect(accepts(schemas.line, 'one')).toBe(true);
    for (const end of ['\n', '\r', '\r\n']) expect(accepts(schemas.line, `a${end}b`)).toBe(false);
  });
});

describe('a name', () => {
  test('that is refused comes with a valid one', () => {
    const messages = schemas.name
      .safeParse('My Sandbox')
      .error!.issues.map(({ message }) => message);
    expect(messages).toEqual([expect.stringMatching(/for example my-sandbox$/)]);
    expect(schemas.name.safeParse('日本').error!.issues[0]!.message).not.toContain('for example');
  });
});

describe('a path in a container', () => {
  test.each(['/a', '/workspace/src', '/with space', '/a/.hidden', '/..a', '/päth'])(
    'can be %j',
    (path) => {
      expect(accepts(schemas.containerPath, path)).toBe(true);
    },
  );

  test.each([
    ...[
      '',
      '/',
      'a',
      './a',
      '/a/',
      '/a//b',
      '/a/../b',
      '/..',
      '/a/.',
      '/a:ro',
      '/a\n',
      'C:\\a',
      '~',
    ],
  ])('cannot be %j', (path) => {
    expect(accepts(schemas.containerPath, path)).toBe(false);
  });

  test('is its own normal form', () => {
    const segment = fc.constantFrom('.', '..', '', 'a', '.b', ':', 'c d');
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1 }), (segments) => {
        const path = `/${segments.join('/')}`;
        const normal = segments.every((part) => !['.', '..', ''].includes(part));
        expect(accepts(schemas.containerPath, path)).toBe(normal && !path.includes(':'));
      }),
    );
  });
});

describe('environment and labels', () => {
  test('variable names are those of a shell', () => {
    expect(accepts(schemas.environment, { HOME: '/x', _a1: '' })).toBe(true);
    for (const name of ['', '1A', 'A-B', 'A=B', 'A B', 'A\n', 'Ä']) {
      expect([name, accepts(schemas.environment, { [name]: 'x' })]).toEqual([name, false]);
    }
  });

  test('values are texts or references, and nothing else', () => {
    expect(accepts(schemas.environment, { A: EnvRef.optional('A', '') })).toBe(true);
    for (const value of [1, true, null, undefined, {}, [], 'a\0b']) {
      expect([value, accepts(schemas.environment, { A: value })]).toEqual([value, false]);
    }
  });

  test('label keys have no spaces and no =', () => {
    expect(accepts(schemas.labels, { 'com.example.team': 'a=b c' })).toBe(true);
    for (const key of ['', 'a b', 'a=b', 'a\tb', 'a\nb']) {
      expect([key, accepts(schemas.labels, { [key]: 'x' })]).toEqual([key, false]);
    }
    expect(accepts(schemas.labels, { a: 'two\nlines' })).toBe(false);
  });
});

describe('ids, sizes and durations', () => {
  test('a user is never root and fits into 32 bits', () => {
    const idIsAccepted = (uid: unknown) => accepts(schemas.user, { uid, gid: 1 });
    expect([1, 1000, 4_294_967_294].every(idIsAccepted)).toBe(true);
    expect([0, -1, 1.5, 4_294_967_295, '1000', NaN].some(idIsAccepted)).toBe(false);
    expect(accepts(schemas.user, { uid: 1, gid: 0 })).toBe(false);
    expect(accepts(schemas.user, { uid: EnvRef.optional('U', '1'), gid: 1 })).toBe(true);
  });

  test('an amount without a unit is refused', () => {
    expect(accepts(schemas.size, Size.bytes(1))).toBe(true);
    expect(accepts(schemas.size, 1)).toBe(false);
    expect(accepts(schemas.size, '4g')).toBe(false);
    expect(accepts(schemas.duration, Duration.seconds(1))).toBe(true);
    expect(accepts(schemas.duration, '30s')).toBe(false);
  });
});
