/** Text on lines that are no longer than a width. */

/** Broken at blanks. A word that is longer than a line is cut, or stays whole so that it can be copied. */
export function wrapped(text: string, width: number, longWords: 'cut' | 'whole'): string[] {
  const upToWidth = `\\S.{0,${width - 1}}`;
  const longWord = longWords === 'cut' ? upToWidth : '\\S+';
  const line = new RegExp(`${upToWidth}(?:\\s+|$)|${longWord}`, 'g');
  return (text.match(line) ?? []).map((each) => each.trimEnd());
}
