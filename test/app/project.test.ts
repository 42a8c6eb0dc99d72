import * as fc from 'fast-check';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as z from 'zod';
import { findJsonProblems } from '../../lib/app/json-problems';
import { configSchema, findProject } from '../../lib/app/project';
import { ConfigError } from '../../lib/core/errors';
import { newFolder, removeFolders } from '../assembly/support';

afterEach(removeFolders);

/** A project folder with this text as its `cdk-like.json`. */
function projectWith(config: string): string {
  const folder = newFolder('project');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'cdk-like.json'), config);
  return folder;
}

function problemsOf(config: string): readonly string[] {
  const folder = projectWith(config);
  try {
    findProject(folder);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ code: 'CONFIG', file: path.join(folder, 'cdk-like.json') });
    return (error as ConfigError).problems;
  }
  return [];
}

describe('finding the project', () => {
  it('takes the nearest folder, going up, that has a configuration', () => {
    const folder = projectWith('{"app":"bin/outer.ts"}');
    const inner = path.join(folder, 'packages/inner');
    const deep = path.join(inner, 'src/deep');
    fs.mkdirSync(deep, { recursive: true });
    expect(findProject(deep)).toEqual({
      projectDir: folder,
      configFile: path.join(folder, 'cdk-like.json'),
      app: 'bin/outer.ts',
      context: {},
    });
    fs.writeFileSync(path.join(inner, 'cdk-like.json'), '{"app":"inner.js"}');
    expect(findProject(deep)).toMatchObject({ projectDir: inner, app: 'inner.js' });
  });

  it('takes the folder itself, with nothing configured, when there is none', () => {
    const folder = newFolder('not/there');
    expect(findProject(folder)).toEqual({ projectDir: folder, context: {} });
  });

  it('reads everything that can be configured, also behind a byte order mark', () => {
    const folder = projectWith(
      '\ufeff{"$schema":"x.json","app":"./bin/app.ts","output":"build/../out","context":{"a":[1]}}',
    );
    expect(findProject(folder)).toMatchObject({
      app: './bin/app.ts',
      output: 'build/../out',
      context: { a: [1] },
    });
  });

  it('takes an absolute path as the output folder', () => {
    expect(findProject(projectWith('{"output":"/srv/out"}')).output).toBe('/srv/out');
  });
});

describe('a configuration that cannot be used', () => {
  it('is reported with all its problems at once', () => {
    const problems = problemsOf('{"aap":"x.ts","output":7,"context":[],"app":"main.py"}');
    expect([...problems].sort()).toEqual([
      'app: received "main.py"; allowed: the path of a program that ends with .ts, .js, .cts, .cjs, .mts or .mjs',
      'context: received []; allowed: an object',
      'output: received 7; allowed: a text',
      'there is no key "aap"; did you mean app?',
    ]);
  });

  it.each([
    ['outptu', 'did you mean output?'],
    ['Context', 'did you mean context?'],
    ['xyz', 'known are $schema, app, output, context'],
  ])('says what was meant by the key %s', (key, advice) => {
    expect(problemsOf(`{"${key}":{}}`)).toEqual([`there is no key "${key}"; ${advice}`]);
  });

  it.each(['..', '../out', 'a/../../out', '.', './', '', ' ', 'a/..', 'a\\u0000b'])(
    'may not put the output at %j',
    (output) => {
      expect(problemsOf(`{"output":"${output}"}`)).toHaveLength(1);
    },
  );

  it.each(['[]', 'null', '"x"', '7'])('must be an object, not %s', (text) => {
    expect(problemsOf(text)).toEqual([`the file: received ${text}; allowed: an object`]);
  });

  const syntax: [string, string][] = [
    ['{"app":}', 'line 1, column 8: received "}"; allowed is a value'],
    ['{\n  "app": "a.ts",\n}', 'line 3, column 1: received "}"; allowed is a key in double quotes'],
    ['{\n  // c\n}', 'line 2, column 3: JSON has no comments'],
    ["{'app':1}", 'line 1, column 2: JSON has double quotes only'],
    ['{"app":"a.ts"', 'line 1, column 14: received the end of the file; allowed is , or }'],
    ['{"app":"a.ts"} x', 'line 1, column 16: received "x", which is no JSON'],
    ['{"app":"a\nb"}', 'line 1, column 8: this text has no end, a line break or a wrong escape'],
    ['{"app" "x"}', 'line 1, column 8: received "\\"x\\""; allowed is :'],
    ['{"context":{"a":01}}', 'line 1, column 17: received "01", which is no JSON'],
    [
      '{"context":\r\n{"a":1,\r\n "a":2}}',
      'line 3, column 2: the key "a" stands here a second time',
    ],
    ['', 'line 1, column 1: received the end of the file; allowed is a value'],
  ];
  it.each(syntax)('names line and column in %j', (text, problem) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.startsWith(problem)).toBe(true);
  });

  it('may be a folder, and says so', () => {
    const folder = newFolder('project');
    fs.mkdirSync(path.join(folder, 'cdk-like.json'), { recursive: true });
    expect(() => findProject(folder)).toThrow('cannot be read: it is a folder');
  });
});

describe('findJsonProblems', () => {
  it('finds nothing wrong with what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (text, indent) => {
        expect(findJsonProblems(text)).toEqual([]);
        expect(findJsonProblems(JSON.stringify(JSON.parse(text), null, indent))).toEqual([]);
      }),
    );
  });

  it('finds something wrong exactly where JSON.parse does', () => {
    const damaged = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.nat(3),
        fc.constantFrom('', ',', '}', '"', '0', 'x', '\\', '-'),
      )
      .map(([text, at, cut, put]) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + put + text.slice(start + cut);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        let fails = false;
        try {
          JSON.parse(text);
        } catch {
          fails = true;
        }
        const syntax = findJsonProblems(text).filter(({ message }) => !message.includes('second'));
        expect(syntax.length).toBe(fails ? 1 : 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds a key that stands twice, under any spelling', () => {
    expect(findJsonProblems('{"a":1,"\\u0061":2}')).toEqual([
      { line: 1, column: 8, message: 'the key "\\u0061" stands here a second time' },
    ]);
    expect(findJsonProblems('[{"a":1},{"a":{"a":2}}]')).toEqual([]);
  });

  it('gives up on text that is nested beyond reason instead of on the stack', () => {
    expect(findJsonProblems('['.repeat(100_000))).toMatchObject([{ line: 1, column: 202 }]);
  });
});

it('can be given to editors as a JSON Schema', () => {
  const schema = z.toJSONSchema(configSchema);
  expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
  expect(Object.keys(schema.properties!)).toEqual(['$schema', 'app', 'output', 'context']);
  expect(schema.required).toBeUndefined();
});
