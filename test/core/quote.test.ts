import * as fc from 'fast-check';
import { escapeActive, quote, quoteUnlessPlain } from '../../lib/core/quote';
import { anyText } from './texts';

test('a plain word needs no quotes, everything else gets them', () => {
  expect(quoteUnlessPlain('com.example.team-a_1')).toBe('com.example.team-a_1');
  expect(quoteUnlessPlain('a b')).toBe('"a b"');
  expect(quoteUnlessPlain('')).toBe('""');
});

test('what a terminal acts on is escaped, what people write is not', () => {
  expect(quote('\u001b[31m\u009b\u202e\n')).toBe('"\\u001b[31m\\u009b\\u202e\\n"');
  expect(quote('Müller 👩‍💻 日本')).toBe('"Müller 👩‍💻 日本"');
});

test('a quoted text is the text, in one line', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(JSON.parse(quote(text))).toBe(text);
      expect(quote(text)).not.toMatch(/[\p{Cc}\u2028\u2029\p{Bidi_Control}]/u);
      expect(escapeActive(escapeActive(text))).toBe(escapeActive(text));
    }),
  );
});
