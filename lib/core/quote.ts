/** Received text in messages: in quotes, in one line, and nothing in it that a terminal acts on. */

/** Line ends, escape sequences, and marks that turn the writing direction. */
const ACTIVE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;

/** The text as a JSON string, with everything escaped that is not shown as itself. */
export function quote(text: string): string {
  return escapeActive(JSON.stringify(text));
}

/** The text as it is where it is a plain word, such as a key; quoted otherwise. */
export function quoteUnlessPlain(text: string): string {
  return /^[\w$.-]+$/.test(text) ? text : quote(text);
}

/** Escapes what a terminal would act on; everything else stays as it is. */
export function escapeActive(text: string): string {
  return text.replace(ACTIVE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
