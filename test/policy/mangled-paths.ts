/** Other ways to write one and the same path, as arbitraries. */
import fc from 'fast-check';
import { FOLDER } from './default-sandbox';

/** A part of a path that goes nowhere. */
const detour = fc.constantFrom('/', '//', '/./', '/.//', '/nowhere/../', '/a b/.././', '/…/../');

/** Folders through which a process sees the root. */
const root = fc.constantFrom('', '', '', '/proc/1/root', '/proc/self/root', '/proc/42/task/7/root');

/** From the folder of the compose file up to the root; further up stays there. */
const relative = `${'../'.repeat(FOLDER.split('/').length)}.`;

/** The path with detours, from another start, and with some letters in the other case. */
export function mangled(path: string): fc.Arbitrary<string> {
  const parts = path.split('/').filter((part) => part !== '');
  return fc
    .record({
      root,
      start: fc.constantFrom('', '', relative),
      detours: fc.array(detour, { minLength: parts.length, maxLength: parts.length }),
      end: fc.constantFrom('', '', '/', '//', '/.', '/nowhere/..'),
      upper: fc.array(fc.nat(path.length), { maxLength: 3 }),
    })
    .map(({ root, start, detours, end, upper }) => {
      const spelt = parts.map((part, index) => detours[index]! + part).join('');
      const cased = Array.from(spelt, (letter, index) =>
        upper.includes(index) ? letter.toUpperCase() : letter,
      );
      return `${start}${root}${cased.join('')}${end}` || '/';
    });
}
