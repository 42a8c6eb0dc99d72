/**
 * A value with its mismatches marked, each at its line, in the layout of the compose file:
 *
 *     services.agent:
 *       network_mode: bridge  !! expected none but received bridge
 *       … 23 more keys
 *
 * Only what leads to a mismatch is shown; of a list's item, all, so that one sees which it is.
 */
import { isObject } from '../core/is-object';
import type { Mismatch } from './matcher';
import { count, show, showText } from './show';

const MARK = '!!';
const MOST_ITEMS = 8;

/** The lines under the label that stands for the value. */
export function showMismatches(
  label: string,
  value: unknown,
  mismatches: readonly Mismatch[],
): string[] {
  return node(`${label}:`, value, mismatches);
}

type Marked = Pick<Mismatch, 'path' | 'message'>;

function node(head: string, value: unknown, marked: readonly Marked[]): string[] {
  const own = marked.filter(({ path }) => path.length === 0).map(({ message }) => message);
  const marks = own.map((message) => `  ${MARK} ${message}`);
  const inside = marked.filter(({ path }) => path.length > 0);
  const isContainer = typeof value === 'object' && value !== null;
  const first = isContainer || value === undefined ? head : `${head} ${show(value)}`;
  const lines = [first + (marks[0] ?? ''), ...marks.slice(1).map((mark) => `  ${mark}`)];
  if (!isContainer) return lines;
  // A whole object that is wrong has nothing more to say about its keys.
  if (inside.length === 0 && !Array.isArray(value)) return lines;
  const children = Array.isArray(value) ? items(value, inside, own) : keys(value, inside);
  return [...lines, ...children.map((line) => `  ${line}`)];
}

function keys(object: object, marked: readonly Marked[]): string[] {
  const lines: string[] = [];
  let left = 0;
  for (const [key, value] of Object.entries(object)) {
    const here = below(key, marked);
    if (here.length > 0) lines.push(...node(`${showText(key)}:`, value, here));
    else left++;
  }
  for (const key of missingKeys(object, marked)) {
    lines.push(...node(`${showText(key)}:`, undefined, below(key, marked)));
  }
  return left > 0 ? [...lines, `… ${count(left, 'more key')}`] : lines;
}

function items(list: readonly unknown[], marked: readonly Marked[], own: string[]): string[] {
  const lines: string[] = [];
  let left = 0;
  for (const [index, item] of list.entries()) {
    const here = below(index, marked);
    if (here.length > 0) lines.push(...wholeItem(item, here));
    // What is wrong with the list as a whole is seen only beside its items.
    else if (own.length > 0 && index < MOST_ITEMS) lines.push(`- ${show(item)}`);
    else left++;
  }
  return left > 0 ? [...lines, `… ${count(left, 'more item')}`] : lines;
}

function wholeItem(item: unknown, marked: readonly Marked[]): string[] {
  if (!isObject(item)) return node('-', item, marked);
  const own = marked.filter(({ path }) => path.length === 0);
  const names = [...Object.keys(item), ...missingKeys(item, marked)];
  const lines = names.flatMap((key) => {
    const here = below(key, marked);
    if (here.length > 0) return node(`${showText(key)}:`, item[key], here);
    return [`${showText(key)}: ${show(item[key])}`];
  });
  const marks = own.map(({ message }) => `${MARK} ${message}`);
  return [...marks, ...lines].map((line, index) => `${index === 0 ? '-' : ' '} ${line}`);
}

function below(key: string | number, marked: readonly Marked[]): Marked[] {
  return marked
    .filter(({ path }) => path.length > 0 && String(path[0]) === String(key))
    .map(({ path, message }) => ({ path: path.slice(1), message }));
}

function missingKeys(object: object, marked: readonly Marked[]): string[] {
  const names = marked.flatMap(({ path }) => (path.length > 0 ? [String(path[0])] : []));
  return [...new Set(names)].filter((key) => !Object.hasOwn(object, key));
}
