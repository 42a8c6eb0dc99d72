/**
 * A Dockerfile's text as logical lines: parser directives read, comments and blank lines left out,
 * continued lines joined, here-documents taken in. As BuildKit does it, quirks included.
 */

export interface LogicalLine {
  readonly text: string;
  /** Number of its first line in the file, from 1. */
  readonly line: number;
  readonly heredocs: readonly Heredoc[];
}

/** The text between `<<EOF` and `EOF`. */
export interface Heredoc {
  /** The word that ends it. */
  readonly name: string;
  readonly content: string;
}

export interface LogicalLines {
  readonly lines: readonly LogicalLine[];
  /** `syntax`, `escape` and `check`, where they are given. */
  readonly directives: ReadonlyMap<string, string>;
}

const DIRECTIVE = /^#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.+?)\s*$/;
const DIRECTIVES: readonly string[] = ['syntax', 'escape', 'check'];
const TAKES_HEREDOCS = /^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\s/i;

/** Reads the lines. A here-document that never ends goes on to the end of the file. */
export function logicalLines(text: string): LogicalLines {
  const physical = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const directives = readDirectives(physical);
  const continued = directives.get('escape') === '`' ? /(^|[^`])`[ \t]*$/ : /(^|[^\\])\\[ \t]*$/;
  const lines: LogicalLine[] = [];
  for (let at = 0; at < physical.length;) {
    const line = at + 1;
    if (isSkipped(physical[at]!)) {
      at++;
      continue;
    }
    let joined = physical[at++]!.trimStart();
    while (continued.test(joined)) {
      joined = joined.replace(continued, '$1');
      while (at < physical.length && isSkipped(physical[at]!)) at++;
      if (at >= physical.length) break;
      joined += physical[at++]!;
    }
    const heredocs: Heredoc[] = [];
    for (const start of heredocStarts(joined)) {
      const end = physical.findIndex((one, index) => index >= at && endsHeredoc(one, start));
      const last = end < 0 ? physical.length : end;
      heredocs.push({ name: start.name, content: contentOf(physical.slice(at, last), start) });
      at = last + 1;
    }
    lines.push({ text: joined.trim(), line, heredocs });
  }
  return { lines, directives };
}

/** Only the first lines are directives; the first one that is none ends them. */
function readDirectives(lines: readonly string[]): Map<string, string> {
  const directives = new Map<string, string>();
  for (const line of lines) {
    const match = DIRECTIVE.exec(line);
    const name = match?.[1]!.toLowerCase();
    if (name === undefined || !DIRECTIVES.includes(name) || directives.has(name)) break;
    directives.set(name, match![2]!);
  }
  return directives;
}

function isSkipped(line: string): boolean {
  return /^\s*(?:#.*)?$/.test(line);
}

interface HeredocStart {
  readonly name: string;
  /** `<<-`: leading tabs are taken off. */
  readonly stripTabs: boolean;
}

function heredocStarts(line: string): HeredocStart[] {
  if (!TAKES_HEREDOCS.test(line)) return [];
  return words(line).flatMap((word) => {
    const match = /^\d*<<(-?)(["']?)([^<"'\s]+)\2$/.exec(word);
    return match ? [{ name: match[3]!, stripTabs: match[1] === '-' }] : [];
  });
}

function endsHeredoc(line: string, { name, stripTabs }: HeredocStart): boolean {
  return (stripTabs ? line.replace(/^\t+/, '') : line) === name;
}

function contentOf(lines: readonly string[], { stripTabs }: HeredocStart): string {
  return lines.map((line) => `${stripTabs ? line.replace(/^\t+/, '') : line}\n`).join('');
}

/** The words of a line as written, quotes kept; what is quoted is not split. */
export function words(line: string): string[] {
  return line.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s])+/g) ?? [];
}
