import * as fc from 'fast-check';
import { inert, inertLine } from '../../lib/cli/output/inert';

test.each([
  ['colours', 'a\u001b[31mb\u001b[0mc', 'abc'],
  ['a title', 'a\u001b]0;owned\u0007b', 'ab'],
  ['a link', 'a\u001b]8;;http://x\u001b\\text\u001b]8;;\u001b\\b', 'atextb'],
  ['the clipboard', 'a\u001b]52;c;ZXZpbA==\u0007b', 'ab'],
  ['a device string', 'a\u001bP1$r0m\u001b\\b', 'ab'],
  ['one-byte sequences', 'a\u009b31mb\u009d0;x\u009cc', 'abc'],
  ['moving the cursor', 'a\u001b[2J\u001b[Hb\u001bcd', 'abd'],
  ['overwriting', 'bad\rgood\b\b', 'badgood'],
  ['the writing direction', 'a\u202eb\u2066c', 'abc'],
])('%s is taken out', (_what, text, expected) => {
  expect(inert(text)).toBe(expected);
});

/** What begins a sequence in one byte; nothing ends it. */
const STARTERS = ['\u0090', '\u0098', '\u009b', '\u009d', '\u009e', '\u009f'];

test.each(STARTERS.map((starter) => [starter.charCodeAt(0).toString(16), starter]))(
  'a megabyte of U+%s takes no longer than other text',
  (_code, starter) => {
    expect(inert(starter.repeat(2 ** 20))).toBe('');
    expect(inert(`${starter}a`.repeat(2 ** 19))).not.toContain(starter);
  },
);

test('no control character but tab and newline is left, whatever the text', () => {
  const nasty = fc.string({
    unit: fc.constantFrom(
      '\u001b',
      '[',
      ']',
      '0',
      ';',
      'm',
      '\u0007',
      '\u009c',
      ...STARTERS,
      '\r',
      '\n',
      'a',
      '\\',
      'P',
    ),
  });
  fc.assert(
    fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
      expect(inert(text)).not.toMatch(/(?![\n\t])\p{Cc}/u);
      expect(inertLine(text)).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test('ordinary text stays as it is', () => {
  const text = 'päge\tone\ntwo 🐋 [31m "quoted" — 100 %';
  expect(inert(text)).toBe(text);
  expect(inertLine(text)).toBe('päge one two 🐋 [31m "quoted" — 100 %');
});
