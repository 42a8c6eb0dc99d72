import * as fc from 'fast-check';
import { EnvRef, escapeDollars } from '../../lib/core/env-ref';
import { anyText } from './texts';

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,20}$/);
const text = fc.string({ unit: 'grapheme' }).filter((value) => !/[${}\p{Cc}]/u.test(value));

describe('a reference', () => {
  test('that is required makes Compose stop with what it is', () => {
    expect(EnvRef.required('SIEM_HOST', 'the log server').toString()).toBe(
      '${SIEM_HOST:?the log server}',
    );
    expect(EnvRef.required('SIEM_HOST', 'the log server').defaultValue).toBeUndefined();
  });

  test('that is optional has a default, which may be empty', () => {
    expect(EnvRef.optional('PORT', '6514').toString()).toBe('${PORT:-6514}');
    expect(EnvRef.optional('PORT', '6514').defaultValue).toBe('6514');
    expect(String(EnvRef.optional('PORT', ''))).toBe('${PORT:-}');
  });

  test('is its text in JSON', () => {
    expect(JSON.stringify({ port: EnvRef.optional('PORT', '1') })).toBe('{"port":"${PORT:-1}"}');
  });

  test('takes any name and any text that Compose reads as such', () => {
    fc.assert(
      fc.property(name, text, (variable, value) => {
        expect(EnvRef.optional(variable, value).toString()).toBe(`\${${variable}:-${value}}`);
      }),
    );
  });

  test.each(['', '1A', 'A-B', 'A B', 'Ä', 'A}', 'A\n', '$A'])(
    'is refused the name %j',
    (variable) => {
      expect(() => EnvRef.required(variable, 'x')).toThrow(/^EnvRef: received the name/);
      expect(() => EnvRef.optional(variable, 'x')).toThrow(RangeError);
    },
  );

  test.each(['$X', '${X}', 'a}b', 'a{b', 'a\nb', '\0', '\u007f', '\ud800'])(
    'is refused the text %j',
    (value) => {
      expect(() => EnvRef.optional('A', value)).toThrow(/^EnvRef A: received the text/);
      expect(() => EnvRef.required('A', value)).toThrow(/^EnvRef A: received the text/);
    },
  );

  test.each(['', '  '])('that is required needs a word on what it is; %j is none', (value) => {
    expect(() => EnvRef.required('A', value)).toThrow(/say in a few words what the value is/);
  });

  test('is known by its brand, so that two copies of the package agree', () => {
    expect(EnvRef.is(EnvRef.optional('A', ''))).toBe(true);
    expect(EnvRef.is({ [Symbol.for('sandbox-cdk.EnvRef')]: true })).toBe(true);
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(EnvRef.is(value)).toBe(false);
      }),
    );
  });
});

describe('text around references', () => {
  test('is literal, whatever it holds', () => {
    const host = EnvRef.required('HOST', 'the host');
    expect(EnvRef.text`tcp://${host}:${6514}/$x`.toString()).toBe(
      'tcp://${HOST:?the host}:6514/$$x',
    );
    expect(EnvRef.text`${'${X}'}`.toString()).toBe('$${X}');
  });

  test('has a default when all its references have one', () => {
    const uid = EnvRef.optional('SANDBOX_UID', '1000');
    expect(EnvRef.text`${uid}:${uid}$`.defaultValue).toBe('1000:1000$');
    expect(EnvRef.text`${uid}${EnvRef.required('A', 'x')}`.defaultValue).toBeUndefined();
  });

  test('comes out of interpolation as it went in', () => {
    fc.assert(
      fc.property(anyText, fc.string(), (before, after) => {
        const rendered = EnvRef.text`${before}${EnvRef.optional('A', 'value')}${after}`.toString();
        expect(interpolate(rendered)).toBe(`${before}value${after}`);
      }),
    );
  });
});

test('an escaped literal comes out of interpolation as it went in', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('$', '{', '}', 'A', ':', '-', 'é') }),
      (value) => {
        expect(interpolate(escapeDollars(value))).toBe(value);
      },
    ),
  );
});

describe('a value as a file spells it', () => {
  test('is its text where it has no reference', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        expect(EnvRef.parse(escapeDollars(value))).toBe(value);
      }),
    );
  });

  test('is the reference that was written', () => {
    fc.assert(
      fc.property(anyText, name, text, anyText, (before, variable, fallback, after) => {
        const written = EnvRef.text`${before}${EnvRef.optional(variable, fallback)}${after}`;
        const read = EnvRef.parse(written.toString()) as EnvRef;
        expect([read.toString(), read.defaultValue]).toEqual([
          written.toString(),
          `${before}${fallback}${after}`,
        ]);
      }),
    );
  });

  test.each([
    ['${A:-b}', 'b'],
    ['${A-b}:${C-}', 'b:'],
    ['$A', undefined],
    ['${A}', undefined],
    ['${A:?b}', undefined],
    ['${A:+b}', undefined],
    ['${A:-b}$C', undefined],
  ])('%s is a reference whose default is %j', (spelt, defaultValue) => {
    expect(EnvRef.parse(spelt)).toMatchObject({ defaultValue });
  });

  test.each(['$', '$1', '${', '${1}', 'a$ b', '$-'])('%j refers to nothing', (spelt) => {
    expect(EnvRef.parse(spelt)).toBe(spelt);
  });
});

/** As Compose does it, for references with a default. */
function interpolate(value: string): string {
  return value.replace(/\$\$|\$\{[A-Z]+:-([^}]*)\}|\$/g, (match, fallback: string | undefined) => {
    if (match === '$$') return '$';
    if (fallback === undefined) throw new Error(`a lone $ in ${value}`);
    return fallback;
  });
}
