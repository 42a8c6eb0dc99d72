/** Prints plain data as a TypeScript literal, one line where it fits, as prettier would. */

const WIDTH = 100;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** @param column how many columns before and after the literal are taken on its first line */
export function literal(value: unknown, indent = 0, column = indent): string {
  const oneLine = inline(value);
  if (column + oneLine.length <= WIDTH || typeof value !== 'object') return oneLine;
  const pad = ' '.repeat(indent + 2);
  const end = ' '.repeat(indent);
  if (Array.isArray(value)) {
    const items = value.map((item) => `${pad}${literal(item, indent + 2, indent + 3)},\n`);
    return `[\n${items.join('')}${end}]`;
  }
  const members = Object.entries(value as object).map(([key, member]) => {
    const label = `${pad}${propertyKey(key)}: `;
    return `${label}${literal(member, indent + 2, label.length + 1)},\n`;
  });
  return `{\n${members.join('')}${end}}`;
}

export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

export function propertyKey(key: string): string {
  return IDENTIFIER.test(key) ? key : quote(key);
}

function inline(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  const members = Object.entries(value).map(
    ([key, member]) => `${propertyKey(key)}: ${inline(member)}`,
  );
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
