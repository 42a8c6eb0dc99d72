/** Arbitrary texts, with a liking for what formats and shells trip over. */
import * as fc from 'fast-check';

// (fast-check's own unit "binary" takes seconds to set up.)
const anyCodePoint = fc
  .integer({ min: 0, max: 0x10ffff })
  .map((code) => String.fromCodePoint(code));

const tricky = fc.constantFrom(
  ...['\n', '\r', '\t', ' ', '$', '{', '}', ':', '#', '-', '"', "'", '\\', '&', '*', '!', '|', '>'],
  ...['%', '@', '`', ',', '[', ']', '?', '=', '~', '<', '\u00a0', '\u00ad', '\u200e', '\u202e'],
  ...['é', 'e\u0301', 'ß', '日', '🐋', '👩‍💻', '\ufffd', '\ufffe', '\uffff', '\u{10ffff}'],
);
const control = fc.constantFrom(
  '\0',
  '\u0007',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u009b',
  '\u2028',
  '\ufeff',
);
const loneSurrogate = fc.constantFrom('\ud800', '\udfff');
const plain = fc.constantFrom('a', 'b', 'z', 'A', 'Z', '0', '1', '9', '_', '.', '/');

/** Any string that a program can hold, well-formed or not. */
export const anyText = fc.string({
  unit: fc.oneof(plain, tricky, control, loneSurrogate, anyCodePoint),
});

/** Any well-formed string, control characters included. */
export const wellFormedText = anyText.map((text) => text.toWellFormed());
