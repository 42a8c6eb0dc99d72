/** The small readers that rules are made of. */
import fc from 'fast-check';
import { bytesOf, isSameAmount } from '../../lib/policy/amounts';
import { containerPath, isWithin } from '../../lib/policy/container-path';
import { assignmentsOf, parseDockerfile, substitute } from '../../lib/policy/dockerfile';
import { nestedPaths } from '../../lib/policy/nested-paths';
import { hasKnownKey, isPlaceholder, isSecretName } from '../../lib/policy/secret-text';
import { securityOptionsOf } from '../../lib/policy/security-options';
import { parseUser } from '../../lib/policy/user-spec';
import { entriesOf, isTrue, mayBeTrue, show } from '../../lib/policy/values';
import { EnvRef } from '../../lib/core/env-ref';

describe('amounts', () => {
  test.each([
    ['1024', 1024],
    [1024, 1024],
    ['4g', 4 * 1024 ** 3],
    ['4GB', 4 * 1024 ** 3],
    ['1.5 GiB', 1.5 * 1024 ** 3],
    ['64k', 65536],
    ['100b', 100],
    ['-1', undefined],
    ['50%', undefined],
    ['', undefined],
    [null, undefined],
  ])('%j is %j bytes', (value, bytes) => {
    expect(bytesOf(value)).toBe(bytes);
  });

  test('are the same in other words, and with the same variable only', () => {
    expect(isSameAmount('1g', 1024 ** 3)).toBe(true);
    expect(isSameAmount('1g', '2g')).toBe(false);
    expect(isSameAmount(EnvRef.optional('A', '1g'), EnvRef.optional('A', '1g'))).toBe(true);
    expect(isSameAmount(EnvRef.optional('A', '1g'), '1g')).toBe(false);
    expect(isSameAmount(undefined, undefined)).toBe(false);
  });
});

describe('answers of yes and no', () => {
  test.each([[true], ['true'], ['YES'], ['on'], ['1']])('%j is yes', (value) => {
    expect([isTrue(value), mayBeTrue(value)]).toEqual([true, true]);
  });
  test.each([[false], ['false'], ['No'], ['0'], [''], [0], [null], [undefined]])(
    '%j is no',
    (value) => {
      expect([isTrue(value), mayBeTrue(value)]).toEqual([false, false]);
    },
  );
  test('a variable, or a word that nobody knows, may be either', () => {
    for (const value of [EnvRef.optional('X', 'false'), 'perhaps', {}]) {
      expect([isTrue(value), mayBeTrue(value)]).toEqual([false, true]);
    }
  });
});

describe('entries', () => {
  test('of a map and of a list are the same', () => {
    expect(entriesOf({ A: 'b', C: null })).toEqual([
      { name: 'A', value: 'b', key: 'A' },
      { name: 'C', value: null, key: 'C' },
    ]);
    expect(entriesOf(['A=b=c', 'C', 'D='])).toEqual([
      { name: 'A', value: 'b=c', key: '0' },
      { name: 'C', value: null, key: '1' },
      { name: 'D', value: '', key: '2' },
    ]);
  });

  test('keep the variable in a value', () => {
    const [entry] = entriesOf([EnvRef.text`KEY=${EnvRef.required('X', 'x')}`]);
    expect(entry).toMatchObject({ name: 'KEY', key: '0' });
    expect(EnvRef.is(entry!.value)).toBe(true);
  });
});

describe('a shown value', () => {
  test('is one short line without control characters, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything({ values: [fc.string({ unit: 'binary' })] }), (value) => {
        expect(show(value)).toMatch(/^[^\p{Cc}\u2028\u2029]{1,80}$/u);
      }),
    );
    const loop: unknown[] = [];
    loop.push(loop);
    expect(show(loop)).toBe('a value that contains itself');
  });
});

describe('container paths', () => {
  test.each([
    ['/a/b', '/a/b'],
    ['/a//b/', '/a/b'],
    ['/a/./b/../c', '/a/c'],
    ['/../..', '/'],
    ['/.config', '/.config'],
    ['a', undefined],
    [undefined, undefined],
  ])('%j is %j', (text, expected) => {
    expect(containerPath(text)).toBe(expected);
  });

  test('lie within a folder on a border of components', () => {
    expect(isWithin('/output/a', '/output')).toBe(true);
    expect(isWithin('/output', '/output')).toBe(true);
    expect(isWithin('/outputs', '/output')).toBe(false);
    expect(isWithin('/a', '/')).toBe(true);
  });
});

describe('nested paths', () => {
  test('are each path with the nearest one around it', () => {
    const places = ['/a/b/c', '/a', '/ab', '/a/b', '/z'].map((path) => ({ path }));
    expect(nestedPaths(places).map(([outer, inner]) => [outer.path, inner.path])).toEqual([
      ['/a', '/a/b'],
      ['/a/b', '/a/b/c'],
    ]);
  });

  test('are the same that comparing all with all finds', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 4 })
      .map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 12 }), (paths) => {
        const swept = nestedPaths(paths.map((path) => ({ path }))).map(([, inner]) => inner.path);
        const compared = paths.filter((inner) =>
          paths.some((outer) => outer !== inner && isWithin(inner, outer)),
        );
        expect([...swept].sort()).toEqual([...compared].sort());
      }),
    );
  });
});

describe('users', () => {
  test.each([
    ['1000:1000', { uid: 1000, gid: 1000, hasGroup: true }],
    ['1000', { uid: 1000, gid: undefined, hasGroup: false }],
    ['1000:', { uid: 1000, gid: undefined, hasGroup: false }],
    ['node:staff', { uid: undefined, gid: undefined, hasGroup: true }],
    ['-0', { uid: 0, gid: undefined, hasGroup: false }],
    ['0x0', { uid: undefined, gid: undefined, hasGroup: false }],
  ])('%j is %j', (text, expected) => {
    expect(parseUser(text)).toEqual(expected);
  });
});

describe('security options', () => {
  test('are split at the first = or :', () => {
    const options = securityOptionsOf(['label=type:X', 'Seccomp:{"a":"b=c"}', ' a ', 7, null]);
    expect(options.map(({ name, value, index }) => [name, value, index])).toEqual([
      ['label', 'type:x', 0],
      ['seccomp', '{"a":"b=c"}', 1],
      ['a', '', 2],
      ['7', '', 3],
    ]);
  });
});

describe('secrets', () => {
  test.each([
    ...['API_KEY', 'ANTHROPIC_API_KEY', 'GITHUB_TOKEN', 'DB_PASSWORD', 'CLIENT_SECRET', 'AUTH'],
    ...[
      'AWS_SECRET_ACCESS_KEY',
      'AWS_ACCESS_KEY_ID',
      'PGPASSWORD',
      'SSH_PRIVATE_KEY_B64',
      'SENTRY_DSN',
    ],
  ])('%s is the name of one', (name) => {
    expect(isSecretName(name)).toBe(true);
  });
  test.each([
    ...[
      'PATH',
      'HOME',
      'PWD',
      'MAX_OUTPUT_TOKENS',
      'KEYBOARD',
      'API_KEY_FILE',
      'TOKEN_URL',
      'AUTHOR',
    ],
    ...['SSH_AUTH_SOCK', 'SECRET_NAME', 'BYPASS', 'MONKEY'],
  ])('%s is not', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
  test.each(['', 'unused', 'NOT-NEEDED', 'not a secret', '***', '<key>', 'false', '1'])(
    '%j is a placeholder',
    (value) => {
      expect(isPlaceholder(value)).toBe(true);
    },
  );
  test.each(['hunter22', 'correct horse', '123456'])('%j is none', (value) => {
    expect(isPlaceholder(value)).toBe(false);
  });
  test.each([
    `AKIA${'A1B2'.repeat(4)}`,
    `sk-ant-api03-${'x'.repeat(30)}`,
    `github_pat_${'x'.repeat(30)}`,
    `npm_${'x'.repeat(36)}`,
    'https://user:hunter22@example.com/',
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----',
    `x=eyJhbGciOiJIUzI.eyJzdWIiOiIxMjM0.${'a'.repeat(20)}`,
  ])('%s is a key by its format', (text) => {
    expect(hasKnownKey(text)).toBe(true);
  });
  test.each([
    'debian:trixie-slim',
    'sha256:0123456789abcdef',
    'https://example.com:443/path',
    'task-sk-manager',
    '-----BEGIN CERTIFICATE-----',
  ])('%s is none', (text) => {
    expect(hasKnownKey(text)).toBe(false);
  });
});

describe('a Dockerfile', () => {
  const parse = (...lines: string[]) => parseDockerfile(lines.join('\n'));
  const shown = ({ instructions }: ReturnType<typeof parse>) =>
    instructions.map(({ keyword, text, line }) => [keyword, text, line]);

  test('is read with continued lines joined, and without comments', () => {
    const file = parse('# a', 'from debian', 'RUN a \\', '# b', '', '  && b', 'CMD ["x"]');
    expect(shown(file)).toEqual([
      ['FROM', 'debian', 2],
      ['RUN', 'a    && b', 3],
      ['CMD', '["x"]', 7],
    ]);
  });

  test('keeps here-documents with their instruction', () => {
    const file = parse(
      'FROM a',
      'RUN <<EOF cat <<-"END"',
      'USER 1',
      'EOF',
      '\tx',
      '\tEND',
      'USER 2',
    );
    expect(shown(file).map(([keyword, text]) => [keyword, text])).toEqual([
      ['FROM', 'a'],
      ['RUN', '<<EOF cat <<-"END"\nUSER 1\n\tx'],
      ['USER', '2'],
    ]);
  });

  test('does not lose instructions to what only looks like a here-document', () => {
    const file = parse('FROM a', 'ENV A=<<EOF', 'RUN echo $((1<<x))', 'USER 0');
    expect(shown(file).at(-1)).toEqual(['USER', '0', 4]);
  });

  test('knows its stages, arguments, frontend and escape character', () => {
    const file = parse(
      '# syntax=docker/dockerfile:1',
      '# escape=`',
      'ARG A=1 B',
      'FROM --platform=linux/amd64 x AS One',
      'RUN a `',
      ' b\\',
      'FROM one',
    );
    expect(file.frontend).toBe('docker/dockerfile:1');
    expect([...file.args]).toEqual([
      ['A', '1'],
      ['B', ''],
    ]);
    expect(file.stages.map(({ base, name }) => [base, name])).toEqual([
      ['x', 'one'],
      ['one', undefined],
    ]);
    expect(file.stages[0]!.instructions[0]!.text).toBe('a   b\\');
  });

  test('is parsed whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(Array.isArray(parseDockerfile(text).instructions)).toBe(true);
      }),
    );
  });

  test.each([
    ['A=b', [['A', 'b']]],
    [
      'A="b c" D=\'e f\' G',
      [
        ['A', 'b c'],
        ['D', 'e f'],
        ['G', undefined],
      ],
    ],
    ['A b c', [['A', 'b c']]],
    ['A=b\\ c', [['A', 'b\\ c']]],
  ])('assigns in %j', (text, expected) => {
    expect(assignmentsOf(text).map(({ name, value }) => [name, value])).toEqual(expected);
  });

  test('has build arguments put in where they are known', () => {
    const known = new Map([['A', 'x']]);
    expect(substitute('$A:${A}:${B:-y}:$C:${D}', known)).toBe('x:x:y:$C:${D}');
  });
});
