import * as fc from 'fast-check';
import { parse } from 'yaml';
import { toYaml } from '../../lib/compose/yaml';
import { EnvRef } from '../../lib/core/env-ref';
import { wellFormedText } from '../core/texts';
import { AWKWARD_TEXTS, CONTROL_TEXTS } from './awkward-texts';

const VERSIONS = ['1.1', '1.2'] as const;

/** What a reader of the file cannot see, or some YAML parser takes for the end of a line. */
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

const awkward = fc.constantFrom(...AWKWARD_TEXTS, ...CONTROL_TEXTS);
const text = fc.oneof(
  awkward,
  wellFormedText,
  fc.tuple(awkward, awkward).map((pair) => pair.join('')),
);
const scalar = fc.oneof(
  text,
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  // -0 is written as 0, as JSON writes it.
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map((n) => n + 0),
);
const { data } = fc.letrec((tie) => ({
  data: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('data'), { maxLength: 4 }), tie('map')),
  map: fc.dictionary(text, tie('data'), { maxKeys: 4 }),
}));
const document = fc.dictionary(text, data, { maxKeys: 5 });

/** What a parser of a YAML version reads, after Compose has undone the escaping of `$` in values. */
function read(yaml: string, version: (typeof VERSIONS)[number]): unknown {
  return unescapeDollars(parse(yaml, { version, maxAliasCount: 0, merge: false }));
}

function unescapeDollars(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$$', '$');
  if (Array.isArray(value)) return value.map(unescapeDollars);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, unescapeDollars(inner)]),
  );
}

describe('every text comes out as it went in', () => {
  test.each(VERSIONS)('as a value and as a key, in YAML %s', (version) => {
    for (const value of [...AWKWARD_TEXTS, ...CONTROL_TEXTS]) {
      const written = { labels: Object.fromEntries([[value, value]]), list: [value], value };
      expect(read(toYaml(written), version)).toEqual(written);
    }
  });

  test.each(VERSIONS)('in lists that are written on one line, in YAML %s', (version) => {
    const written = { services: { a: { command: [...AWKWARD_TEXTS, ...CONTROL_TEXTS] } } };
    expect(read(toYaml(written), version)).toEqual(written);
  });

  test.each(VERSIONS)('in any document whatever, in YAML %s', (version) => {
    fc.assert(
      fc.property(document, (written) => {
        expect(read(toYaml(written), version)).toEqual(written);
      }),
    );
  });

  test.each(VERSIONS)('in any service whatever, in YAML %s', (version) => {
    fc.assert(
      fc.property(document, (service) => {
        const written = { name: 'x', services: { agent: service, other: { command: ['a'] } } };
        expect(read(toYaml(written), version)).toEqual(written);
      }),
    );
  });
});

describe('the file', () => {
  test('holds printable characters only, and no tab', () => {
    fc.assert(
      fc.property(document, (written) => {
        expect(toYaml(written)).not.toMatch(INVISIBLE);
      }),
    );
  });

  test('is the same each time, whatever the order in which keys were set', () => {
    fc.assert(
      fc.property(document, (written) => {
        const reversed = Object.fromEntries(Object.entries(written).reverse());
        expect(toYaml(written)).toBe(toYaml(written));
        expect(toYaml(reversed)).toBe(toYaml(written));
      }),
    );
  });

  test('ends with one line end and has no spaces at line ends', () => {
    fc.assert(
      fc.property(document, (written) => {
        const lines = toYaml(written).split('\n');
        expect(lines.at(-1)).toBe('');
        expect(lines.filter((line) => line.endsWith(' '))).toEqual([]);
      }),
    );
  });

  test('starts with the header as comments, one line each, whatever is in it', () => {
    expect(toYaml({ name: 'a' }, ['First.', 'Second: #3'])).toBe(
      '# First.\n# Second: #3\n\nname: a\n',
    );
    fc.assert(
      fc.property(fc.array(wellFormedText, { maxLength: 3 }), document, (header, written) => {
        expect(read(toYaml(written, header), '1.2')).toEqual(written);
        expect(toYaml(written, header)).not.toMatch(INVISIBLE);
      }),
    );
  });
});

describe('a dollar sign', () => {
  test('in a literal is doubled; in a reference it is Compose’s', () => {
    const yaml = toYaml({
      literal: '${X}',
      reference: EnvRef.required('X', 'what it is'),
      mixed: EnvRef.text`$${EnvRef.optional('Y', 'z')}`,
    });
    expect(yaml).toContain('literal: "$${X}"\n');
    expect(yaml).toContain('reference: "${X:?what it is}"\n');
    expect(yaml).toContain('mixed: "$$${Y:-z}"\n');
  });

  test('in a key stays: Compose interpolates values only', () => {
    expect(toYaml({ labels: { $x: '1' } })).toContain('"$x": "1"');
  });

  test('never starts an interpolation, in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'A', ':', '-') }), (value) => {
        const written = parse(toYaml({ value })) as { value: string };
        expect(written.value.replaceAll('$$', '')).not.toContain('$');
      }),
    );
  });
});

describe('for its readers', () => {
  const yaml = toYaml({
    name: 'demo',
    services: {
      b: { network_mode: 'none', read_only: true, cap_drop: ['ALL'], image: 'debian:trixie-slim' },
      a: {
        command: ['sleep', 'infinity'],
        volumes: [{ type: 'bind', source: '../..' }],
        tmpfs: [],
      },
    },
    networks: { inside: { internal: true } },
  });

  test('keys stand in the order a person would choose, with a comment where one would ask why', () => {
    expect(yaml).toBe(`name: demo

services:
  a:
    command: [sleep, infinity]
    # Writable places, in memory: each has a size and an inode limit, and is gone at stop.
    tmpfs: []
    volumes:
      - type: bind
        source: ../..

  b:
    image: debian:trixie-slim
    # Air gap: one loopback interface, no route, no DNS.
    network_mode: none
    # Nothing in the image can be changed at run time.
    read_only: true
    # No capability, and none to be had by a setuid program. The engine's own seccomp and AppArmor profiles stay on.
    cap_drop: [ALL]

networks:
  inside:
    internal: true
`);
  });

  test('a comment says only what is true of the value', () => {
    const relaxed = toYaml({ services: { a: { network_mode: 'bridge', read_only: false } } });
    expect(relaxed).not.toContain('#');
  });

  test('a long line is not folded', () => {
    const long = 'word '.repeat(100).trim();
    expect(toYaml({ value: long })).toBe(`value: "${long}"\n`);
  });
});
