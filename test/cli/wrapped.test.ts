import * as fc from 'fast-check';
import { wrapped } from '../../lib/cli/output/wrapped';

test.each([
  ['cut', ['a', 'https:', '//x b', 'c']],
  ['whole', ['a', 'https://x', 'b c']],
] as const)('a word that is longer than a line is %s', (longWords, lines) => {
  expect(wrapped('a https://x b c', 6, longWords)).toEqual(lines);
});

test('nothing but blanks is lost, and no line is longer than the width', () => {
  const width = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(fc.array(fc.string()), width, (words, most) => {
      const text = words.join(' ');
      const lines = wrapped(text, most, 'cut');
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(most);
    }),
  );
});
