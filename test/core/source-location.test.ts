import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import { captureStack, userFrames, userLocation } from '../../lib/core/source-location';

const ROOT = path.resolve(__dirname, '../..');

describe('the captured line', () => {
  test('is the one that asked for it', () => {
    const { line } = userLocation({ stack: new Error().stack! })!;
    expect(userLocation(captureStack())).toMatchObject({ file: __filename, line: line + 1 });
  });

  test('is found below a deep recursion of the user’s own', () => {
    const deep = (depth: number): ReturnType<typeof captureStack> =>
      depth === 0 ? captureStack() : deep(depth - 1);
    expect(userLocation(deep(500))!.file).toBe(__filename);
  });

  test('leaves the limit of stack traces as it was', () => {
    const before = Error.stackTraceLimit;
    captureStack();
    expect(Error.stackTraceLimit).toBe(before);
  });
});

describe('a frame', () => {
  /** File, line and column of each of the user's frames. */
  const read = (...frames: string[]) =>
    userFrames(['Error: x', ...frames].join('\n')).map(
      ({ file, line, column }) => `${file}:${line}:${column}`,
    );

  test('is read in every form V8 writes it in', () => {
    expect(
      read(
        '    at /app/a.ts:1:2',
        '    at build (/app/a.ts:3:4)',
        '    at new Acme (/app/a.ts:5:6)',
        '    at async Object.<anonymous> (/app/a.ts:7:8)',
        '    at Acme.build [as make] (/app/a.ts:9:10)',
        '    at Array.map (<anonymous>)',
        '    at node:internal/main/run:1:1',
        '    at native',
      ),
    ).toEqual([
      '/app/a.ts:1:2',
      '/app/a.ts:3:4',
      '/app/a.ts:5:6',
      '/app/a.ts:7:8',
      '/app/a.ts:9:10',
    ]);
  });

  test('in a path with spaces and brackets is read too', () => {
    expect(read('    at f (/my app (copy)/a.ts:1:2)', '    at /my app (copy)/a.ts:3:4')).toEqual([
      '/my app (copy)/a.ts:1:2',
      '/my app (copy)/a.ts:3:4',
    ]);
  });

  test('of a module that was loaded by its address is the file’s', () => {
    const file = '/my app/ä%.mjs';
    expect(read(`    at ${pathToFileURL(file).href}:1:2`)).toEqual([`${file}:1:2`]);
  });

  test('of a package, of Node or of this library is not the user’s', () => {
    expect(
      read(
        '    at f (/app/node_modules/acme/index.js:1:1)',
        '    at f (node:internal/modules/cjs/loader:1:1)',
        `    at f (${path.join(ROOT, 'lib/core/props.ts')}:1:1)`,
        `    at f (${path.join(ROOT, 'constructs/mount.ts')}:1:1)`,
        `    at f (${path.join(ROOT, 'presets/preset.ts')}:1:1)`,
        `    at f (${path.join(ROOT, 'index.ts')}:1:1)`,
        `    at f (${path.join(ROOT, 'bin/sandbox-cdk.js')}:1:1)`,
        `    at f (${path.join(ROOT, 'bin/sandbox.ts')}:2:2)`,
        `    at f (${path.join(ROOT, 'examples/library/a.ts')}:3:3)`,
      ),
    ).toEqual([`${ROOT}/bin/sandbox.ts:2:2`, `${ROOT}/examples/library/a.ts:3:3`]);
  });

  test('is read as it is written, whatever file, line and column', () => {
    const file = fc.stringMatching(/^\/[a-z ()._-]*[a-z]\.ts$/);
    fc.assert(
      fc.property(file, fc.nat(), fc.nat(), (name, line, column) => {
        expect(read(`    at make (${name}:${line}:${column})`)).toEqual([
          `${name}:${line}:${column}`,
        ]);
      }),
    );
  });

  test('is looked for in any text without failing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(userFrames(`${text}\n    at ${text}`)).toBeInstanceOf(Array);
      }),
    );
  });
});
