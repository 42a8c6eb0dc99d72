/** Prints a description of the specification as a TSDoc comment. */

const WIDTH = 100;

/** The comment with its line end, indented; empty without a description. */
export function tsdoc(text: string | undefined, indent = '', deprecated = false): string {
  const lines = text ? wrap(sentence(text), WIDTH - indent.length - 3) : [];
  if (deprecated) lines.push('@deprecated');
  const [only] = lines;
  if (only === undefined) return '';
  if (lines.length === 1 && indent.length + only.length + 7 <= WIDTH) {
    return `${indent}/** ${only} */\n`;
  }
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`;
}

/** Ends with a full stop, and cannot end the comment or start a tag. */
function sentence(text: string): string {
  const plain = text.trim().replaceAll('*/', '* /').replace(/[@{}]/g, '\\$&');
  return /[.!?]$/.test(plain) ? plain : `${plain}.`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
