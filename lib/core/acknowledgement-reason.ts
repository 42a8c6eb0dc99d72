/** The reason of an acknowledgement is written into comments and the manifest, so it is one line. */

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** What is wrong with a reason, in words; nothing for a good one. */
export function reasonProblem(reason: unknown): string | undefined {
  if (typeof reason !== 'string') return 'the reason is no text';
  if (reason.trim() === '') return 'the reason is empty';
  if (CONTROL.test(reason)) return 'the reason has line breaks or control characters in it';
  return reason.isWellFormed() ? undefined : 'the reason is no valid text';
}
