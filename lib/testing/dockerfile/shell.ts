/**
 * The simple commands of a shell script, as words: enough of the shell's grammar to see which
 * programs a RUN instruction calls with which literal arguments. Expansions stay as written.
 */

/** Words that stand before a command and are no command. */
const BEFORE_COMMANDS = /^(?:!|if|then|elif|else|while|until|do|time|exec|sudo|env|command)$/;
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;

/** Escaped characters, quoted texts, expansions, and whatever else makes up a word. */
const PART =
  /\\[\s\S]|'[^']*(?:'|$)|"(?:\\[\s\S]|[^"\\])*(?:"|$)|\$\{[^}]*\}|\$\((?:[^()]|\([^()]*\))*\)|[^\s;&|(){}'"\\]/g;
const TOKEN = new RegExp(`#[^\\n]*|((?:${PART.source})+)|[;&|\\n(){}]`, 'g');

/** Each command as its program and arguments, quotes removed. */
export function simpleCommands(script: string): string[][] {
  const commands: string[][] = [[]];
  for (const [token, word] of script.matchAll(TOKEN)) {
    if (word !== undefined) commands.at(-1)!.push(withoutQuotes(word));
    else if (!token.startsWith('#')) commands.push([]);
  }
  return commands.map(withoutPrefix).filter((command) => command.length > 0);
}

function withoutQuotes(word: string): string {
  return word.replace(PART, (part) => {
    if (part === '\\\n') return '';
    if (part.startsWith('\\')) return part.slice(1);
    return /^["']/.test(part) ? part.slice(1, -1) : part;
  });
}

function withoutPrefix(command: readonly string[]): string[] {
  const words = command.filter((word) => word !== '');
  const first = words.findIndex((word) => !BEFORE_COMMANDS.test(word) && !ASSIGNMENT.test(word));
  return first < 0 ? [] : words.slice(first);
}
