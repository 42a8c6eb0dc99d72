import * as fc from 'fast-check';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { findDrift } from '../../lib/assembly/drift';
import { isSafeOutputPath, isSafePath } from '../../lib/assembly/output-path';
import { readOutput } from '../../lib/assembly/read';
import { writeAssembly } from '../../lib/assembly/write';
import { assemblyOf, errorOf, generatedIn, newFolder, removeFolders, type Files } from './support';

afterEach(removeFolders);

/** Few names, so that files and folders of two assemblies often meet. */
const segment = fc.constantFrom('a', 'b', 'agent', '.env', 'x y', 'constructor', 'ä');
const file = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const content = fc.string({ unit: 'grapheme', maxLength: 20 });

function isTree(files: Files): boolean {
  const names = Object.keys(files);
  return !names.some((name) => names.some((other) => other.startsWith(`${name}/`)));
}

const contents = fc.dictionary(
  fc.constantFrom('lab', 'web', 'constructor'),
  fc.dictionary(file, content, { maxKeys: 6 }).filter(isTree),
);

/** The files as they lie in the output folder. */
function flat(all: Readonly<Record<string, Files>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, files]) =>
      Object.entries(files).map(([path_, text]) => [`${name}/${path_}`, text]),
    ),
  );
}

it('leaves exactly the last assembly, whatever was written before', () => {
  fc.assert(
    fc.property(fc.array(contents, { minLength: 1, maxLength: 4 }), (versions) => {
      const folder = newFolder();
      for (const version of versions) writeAssembly(assemblyOf(folder, version));
      expect(generatedIn(folder)).toEqual(flat(versions.at(-1)!));
      expect(writeAssembly(assemblyOf(folder, versions.at(-1)!)).written).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

it('writes nothing at all when a single file was edited', () => {
  fc.assert(
    fc.property(contents, contents, content, fc.nat(), (first, second, text, pick) => {
      const before = flat(first);
      const files = Object.keys(before);
      fc.pre(files.length > 0);
      const edited = files[pick % files.length]!;
      fc.pre(text !== before[edited] && text !== flat(second)[edited]);
      const folder = newFolder();
      writeAssembly(assemblyOf(folder, first));
      fs.writeFileSync(path.join(folder, edited), text);
      const state = generatedIn(folder);
      expect(errorOf(() => writeAssembly(assemblyOf(folder, second)))).toMatchObject({
        code: 'OUTPUT_EDITED',
        paths: [edited],
      });
      expect(generatedIn(folder)).toEqual(state);
    }),
    { numRuns: 20 },
  );
});

it('reads back what was written, and finds no drift in it', () => {
  fc.assert(
    fc.property(contents, (version) => {
      const folder = newFolder();
      writeAssembly(assemblyOf(folder, version));
      expect(findDrift(assemblyOf(folder, version))).toEqual([]);
      const { sandboxes, interrupted } = readOutput(folder)!;
      const read = sandboxes.map(({ name, files }) => [name, Object.fromEntries(files)] as const);
      expect(flat(Object.fromEntries(read))).toEqual(flat(version));
      expect(sandboxes.flatMap(({ changed, missing }) => [...changed, ...missing])).toEqual([]);
      expect(interrupted).toBe(false);
    }),
    { numRuns: 20 },
  );
});

it('finds as drift exactly what the next write changes', () => {
  fc.assert(
    fc.property(contents, contents, (first, second) => {
      const folder = newFolder();
      writeAssembly(assemblyOf(folder, first));
      const drift = findDrift(assemblyOf(folder, second)).map((one) => one.path);
      const { written, removed } = writeAssembly(assemblyOf(folder, second));
      expect(drift).toEqual([...new Set([...written, ...removed])].sort());
    }),
    { numRuns: 20 },
  );
});

it('accepts no path that leaves the folder it is for', () => {
  const part = fc.oneof(segment, fc.constantFrom('..', '.', '', '\\', 'C:', '..\\', '\0', '~'));
  const candidates = fc.oneof(
    fc.array(part, { maxLength: 5 }).map((parts) => parts.join('/')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(candidates, (candidate) => {
      fc.pre(isSafePath(candidate));
      for (const system of [path.posix, path.win32]) {
        const root = system === path.posix ? '/out/lab' : 'C:\\out\\lab';
        const relative = system.relative(root, system.resolve(root, candidate));
        expect(relative.replaceAll('\\', '/')).toBe(candidate);
        expect(relative).not.toMatch(/^\.\.(?:[\\/]|$)/);
      }
      expect(isSafeOutputPath(`lab/${candidate}`)).toBe(true);
      expect(isSafeOutputPath(`Lab/${candidate}`)).toBe(false);
    }),
    { numRuns: 500 },
  );
});
