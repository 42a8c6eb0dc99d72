/** Values in messages: in one line, as a person would write them in the compose file. */
import { Matcher } from './matcher';

const LONGEST = 100;
/** Text that nobody takes for anything else than itself. */
const PLAIN = /^[A-Za-z_/.][\w./:@=+-]*(?: [\w./:@=+-]+)*$/;
const WORDS_WITH_A_MEANING = /^(?:true|false|null|yes|no|on|off|nothing)$/i;

/** A value, or an expectation with matchers in it, shortened to one line. */
export function show(value: unknown): string {
  return shorten(render(value));
}

function render(value: unknown): string {
  if (Matcher.is(value)) return value.describe();
  if (Array.isArray(value)) return `[${value.map(render).join(', ')}]`;
  switch (typeof value) {
    case 'string':
      return showText(value);
    case 'undefined':
      return 'nothing';
    case 'object':
      return value === null ? 'null' : renderObject(value);
    default:
      return String(value);
  }
}

function renderObject(value: object): string {
  const entries = Object.entries(value).map(([key, inner]) => `${showText(key)}: ${render(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** A text, in quotes where it could be taken for something else. */
export function showText(text: string): string {
  return PLAIN.test(text) && !WORDS_WITH_A_MEANING.test(text) ? text : JSON.stringify(text);
}

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).toWellFormed()}…`;
}

/** `1 service`, `2 services`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
