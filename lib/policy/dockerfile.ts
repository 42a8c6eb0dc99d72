/**
 * A Dockerfile, read far enough for rules: its stages and instructions, with continued lines
 * joined, comments dropped and here-documents kept.
 */

export interface Instruction {
  /** In upper case: `RUN`. */
  readonly keyword: string;
  /** All that follows, on one line per here-document line. */
  readonly text: string;
  /** Line number, from 1. */
  readonly line: number;
}

export interface Stage {
  /** As written: `debian:${RELEASE}`, or the name of an earlier stage. */
  readonly base: string;
  readonly name?: string;
  readonly line: number;
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  /** The image of `# syntax=…`, which runs the build. */
  readonly frontend?: string;
  /** Default values of build arguments that stand before the first stage. */
  readonly args: ReadonlyMap<string, string>;
  readonly stages: readonly Stage[];
  /** Every instruction, also those before the first stage. */
  readonly instructions: readonly Instruction[];
}

/** Sandboxes of one app share most of their Dockerfiles, to the letter. */
const MOST_REMEMBERED = 256;
const parsed = new Map<string, Dockerfile>();

/** Parses a Dockerfile. Never throws: what is no instruction is left out. */
export function parseDockerfile(text: string): Dockerfile {
  let dockerfile = parsed.get(text);
  if (!dockerfile) {
    if (parsed.size >= MOST_REMEMBERED) parsed.clear();
    parsed.set(text, (dockerfile = parse(text)));
  }
  return dockerfile;
}

function parse(text: string): Dockerfile {
  const lines = text.split(/\r?\n/);
  const directives = directivesOf(lines);
  const instructions = [...instructionsOf(lines, directives.get('escape') === '`' ? '`' : '\\')];
  const args = new Map<string, string>();
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const instruction of instructions) {
    const stage = stages.at(-1);
    if (instruction.keyword === 'FROM') stages.push(stageOf(instruction));
    else if (stage) stage.instructions.push(instruction);
    else if (instruction.keyword === 'ARG') {
      for (const { name, value } of assignmentsOf(instruction.text)) args.set(name, value ?? '');
    }
  }
  return { frontend: directives.get('syntax'), args, stages, instructions };
}

/** `# syntax=` and `# escape=`, only at the very top. */
function directivesOf(lines: readonly string[]): Map<string, string> {
  const directives = new Map<string, string>();
  for (const line of lines) {
    const match = /^#\s*([a-z]+)\s*=\s*(\S+)\s*$/i.exec(line);
    if (!match) break;
    directives.set(match[1]!.toLowerCase(), match[2]!);
  }
  return directives;
}

function* instructionsOf(lines: readonly string[], escape: string): Generator<Instruction> {
  let index = 0;
  while (index < lines.length) {
    const start = index;
    let text = '';
    for (let more = true; more && index < lines.length; index++) {
      const line = lines[index]!.trimEnd();
      if (/^\s*(?:#|$)/.test(line)) {
        // A comment or an empty line does not end a continued instruction.
        more = text !== '';
        continue;
      }
      more = line.endsWith(escape);
      text += more ? `${line.slice(0, -1)} ` : line;
    }
    const match = /^\s*([a-z]+)\s+(.*)$/is.exec(text);
    if (!match) continue;
    const body = hereDocuments(match[1]!, match[2]!, lines, index);
    index = body.next;
    yield { keyword: match[1]!.toUpperCase(), text: body.text.trim(), line: start + 1 };
  }
}

const HERE_DOCUMENT = /<<(-?)(["']?)([A-Za-z_]\w*)\2/g;
const CAN_HAVE_ONE = /^(?:RUN|COPY|ADD)$/i;

/** Adds the lines of here-documents (`<<EOF`) that an instruction starts. */
function hereDocuments(keyword: string, text: string, lines: readonly string[], from: number) {
  let next = from;
  let all = text;
  if (!CAN_HAVE_ONE.test(keyword)) return { text, next };
  for (const [, dash, , word] of text.matchAll(HERE_DOCUMENT)) {
    const isEnd = (line: string) => (dash ? line.replace(/^\t+/, '') : line) === word;
    const end = lines.findIndex((line, index) => index >= next && isEnd(line));
    if (end < 0) break;
    all += lines
      .slice(next, end)
      .map((line) => `\n${line}`)
      .join('');
    next = end + 1;
  }
  return { text: all, next };
}

function stageOf({ text, line }: Instruction): Stage & { instructions: Instruction[] } {
  const words = text.split(/\s+/).filter((word) => !word.startsWith('--'));
  const named = words[1]?.toLowerCase() === 'as' ? words[2]?.toLowerCase() : undefined;
  return { base: words[0] ?? '', name: named, line, instructions: [] };
}

/** One `NAME=value` of an ENV, ARG or LABEL instruction; no value for `ARG NAME`. */
export interface Assignment {
  readonly name: string;
  readonly value?: string;
}

const ASSIGNMENT = /([^\s=]+)(?:=("(?:\\.|[^"\\])*"|'[^']*'|(?:\\.|[^\s\\])*))?/gs;

/** The assignments of an ENV or ARG instruction; also of the old form `ENV NAME value`. */
export function assignmentsOf(text: string): Assignment[] {
  const old = /^([^\s=]+)\s+(?=\S)([^]*)$/.exec(text);
  if (old && !text.includes('=')) return [{ name: old[1]!, value: old[2]! }];
  return Array.from(text.matchAll(ASSIGNMENT), ([, name, value]) => ({
    name: name!,
    value: value?.replace(/^(["'])([^]*)\1$/, '$2'),
  }));
}

/** A text with build arguments put in: `${NAME}`, `$NAME`, `${NAME:-default}`. */
export function substitute(text: string, args: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g,
    (all, braced?: string, fallback?: string, bare?: string) =>
      args.get(braced ?? bare ?? '') ?? fallback ?? all,
  );
}
