import * as fc from 'fast-check';
import { closest } from '../../lib/core/suggest';

const PROPS = ['source', 'agents', 'resources', 'mounts', 'packages', 'environment', 'labels'];
const word = fc.stringMatching(/^[a-z]{5,12}$/);

describe('the closest name', () => {
  test.each([
    ['sorce', 'source'],
    ['agent', 'agents'],
    ['resuorces', 'resources'],
    ['Packages', 'packages'],
    ['enviroment', 'environment'],
    ['env', 'environment'],
  ])('to %s is %s', (received, expected) => {
    expect(closest(received, PROPS)).toBe(expected);
  });

  test.each(['', 'x', 'network', 'toString', 'ee'])('to %j is none of them', (received) => {
    expect(closest(received, PROPS)).toBeUndefined();
  });

  test('is never one that was not offered', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (received, allowed) => {
        expect([...allowed, undefined]).toContain(closest(received, allowed));
      }),
    );
  });

  test('is the name itself where it is offered', () => {
    fc.assert(
      fc.property(word, fc.array(word), (received, others) => {
        expect(closest(received, [...others, received])).toBe(received);
      }),
    );
  });

  test('is found after one letter was left out, put in, changed or swapped', () => {
    fc.assert(
      fc.property(word, fc.nat(3), fc.constantFrom('a', 'b', 'z'), (name, at, letter) => {
        const [before, after] = [name.slice(0, at), name.slice(at)];
        const typos = [
          before + after.slice(1),
          before + letter + after,
          before + letter + after.slice(1),
          before + after[1]! + after[0]! + after.slice(2),
        ];
        for (const typo of typos) expect(closest(typo, ['unrelated-name', name])).toBe(name);
      }),
    );
  });

  test('is found at once for a name of any length', () => {
    expect(closest('x'.repeat(1_000_000), PROPS)).toBeUndefined();
  });
});
