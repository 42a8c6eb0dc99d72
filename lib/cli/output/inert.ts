/**
 * Text that an agent wrote, made harmless to a terminal: it can neither move the cursor, change
 * colours, titles or the clipboard, nor overwrite or reorder what is shown.
 */

/**
 * Sequences whole, so that no half of one stays: CSI; then OSC, DCS, SOS, PM, APC; then two-byte ones.
 * None holds what begins another, so that no text is looked at twice, however long.
 */
const SEQUENCES =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0090\u0098\u009c-\u009f]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]/g;

/** Control characters but tab and newline; marks that turn the writing direction; line separators. */
const CONTROLS =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Newlines stay, so the text may have many lines. */
export function inert(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(SEQUENCES, '').replace(CONTROLS, '');
}

/** As `inert`, on one line. */
export function inertLine(text: string): string {
  return inert(text)
    .replace(/[\n\t]+/g, ' ')
    .trim();
}
