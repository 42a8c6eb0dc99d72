/**
 * The simple commands of a shell script, as words: enough of the shell's grammar to see which
 * programs a RUN instruction calls with which literal arguments. Expansions stay as written.
 */

/** Words that stand before a command and are no command. */
const BEFORE_COMMANDS = /^(?:!|if|then|elif|else|while|until|do|time|exec|sudo|env|command)$/;
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;
const SEPARATORS = ';&|\n(){}';

/** Each command as its program and arguments, quotes removed. */
export function simpleCommands(script: string): string[][] {
  const commands: string[][] = [[]];
  for (const token of tokens(script)) {
    if (token === SEPARATOR) commands.push([]);
    else commands.at(-1)!.push(token);
  }
  return commands.map(withoutPrefix).filter((command) => command.length > 0);
}

const SEPARATOR = Symbol('separator');

function* tokens(script: string): Generator<string | typeof SEPARATOR> {
  let word: string | undefined;
  for (let at = 0; at < script.length; at++) {
    const char = script[at]!;
    if (char === '#' && word === undefined) {
      const end = script.indexOf('\n', at);
      at = end < 0 ? script.length : end - 1;
    } else if (char === '\\') {
      // An escaped line end joins lines.
      if (script[at + 1] !== '\n') word = (word ?? '') + (script[at + 1] ?? '');
      at++;
    } else if (char === "'" || char === '"') {
      const end = closingQuote(script, at);
      word = (word ?? '') + script.slice(at + 1, end);
      at = end;
    } else if (char === '$' && (script[at + 1] === '{' || script[at + 1] === '(')) {
      const end = closingBracket(script, at + 1);
      word = (word ?? '') + script.slice(at, end + 1);
      at = end;
    } else if (SEPARATORS.includes(char) || /\s/.test(char)) {
      if (word !== undefined) yield word;
      word = undefined;
      if (SEPARATORS.includes(char)) yield SEPARATOR;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (word !== undefined) yield word;
}

function closingQuote(script: string, start: number): number {
  const quote = script[start]!;
  for (let at = start + 1; at < script.length; at++) {
    if (script[at] === '\\' && quote === '"') at++;
    else if (script[at] === quote) return at;
  }
  return script.length;
}

function closingBracket(script: string, start: number): number {
  const [open, close] = script[start] === '{' ? '{}' : '()';
  let depth = 0;
  for (let at = start; at < script.length; at++) {
    if (script[at] === open) depth++;
    else if (script[at] === close && --depth === 0) return at;
  }
  return script.length;
}

function withoutPrefix(command: readonly string[]): string[] {
  const first = command.findIndex((word) => !BEFORE_COMMANDS.test(word) && !ASSIGNMENT.test(word));
  return first < 0 ? [] : command.slice(first);
}
