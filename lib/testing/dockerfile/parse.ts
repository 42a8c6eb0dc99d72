/** A Dockerfile's logical lines as instructions. */
import { logicalLines, words, type Heredoc, type LogicalLine } from './lines';

/** One instruction, such as `RUN --network=none make`. */
export interface DockerfileInstruction {
  /** In capitals. */
  readonly keyword: string;
  /** What follows the keyword, continued lines joined, flags included: `--network=none make`. */
  readonly text: string;
  /** The same without the flags: `make`. */
  readonly arguments: string;
  /** `--network=none`, in the order given. */
  readonly flags: readonly string[];
  /** The arguments of the JSON form: `CMD ["sleep", "60"]`. */
  readonly exec?: readonly string[];
  readonly heredocs: readonly Heredoc[];
  /** Line in the file, from 1. */
  readonly line: number;
}

const TAKES_JSON = ['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'HEALTHCHECK', 'RUN', 'SHELL', 'VOLUME'];

/**
 * All instructions of a Dockerfile, in order.
 *
 * @throws SyntaxError for a line that starts with no keyword
 */
export function parseInstructions(text: string): DockerfileInstruction[] {
  return logicalLines(text).lines.map(parseInstruction);
}

function parseInstruction({ text, line, heredocs }: LogicalLine): DockerfileInstruction {
  const match = /^([A-Za-z]+)(?:\s+([\s\S]*))?$/.exec(text);
  if (!match)
    throw new SyntaxError(`Dockerfile, line ${line}: received ${text}; allowed: an instruction`);
  const keyword = match[1]!.toUpperCase();
  const rest = match[2] ?? '';
  const { flags, rest: args } = splitFlags(rest);
  return {
    keyword,
    text: rest,
    arguments: args,
    flags,
    exec: execForm(keyword, args),
    heredocs,
    line,
  };
}

function splitFlags(text: string): { flags: string[]; rest: string } {
  const flags: string[] = [];
  let rest = text;
  for (const word of words(text)) {
    if (!word.startsWith('--')) break;
    flags.push(word);
    rest = rest.slice(rest.indexOf(word) + word.length).trimStart();
    if (word === '--') break;
  }
  return { flags, rest };
}

/** The JSON form; what looks like it and is no list of strings is the shell's. */
function execForm(keyword: string, args: string): string[] | undefined {
  const json = keyword === 'HEALTHCHECK' ? args.replace(/^CMD\s+/i, '') : args;
  if (!TAKES_JSON.includes(keyword) || !json.startsWith('[')) return undefined;
  try {
    const list = JSON.parse(json) as unknown[];
    return list.every((item) => typeof item === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}
