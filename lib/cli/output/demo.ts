/** The attacks of a demonstration as a table, for terminals of 80 columns and for narrower ones. */
import { isHeld, type AttackResult, type Demo, type Outcome } from '../../engine/demo/run';
import type { Format, Io, Style } from '../io';
import { inertLine } from './inert';
import { renderTable } from './table';
import { wrapped } from './wrapped';

const HEAD = ['ATTACK', 'WALL', 'RESULT'];
const WORDS: Readonly<Record<Outcome, string>> = {
  refused: 'refused',
  succeeded: 'SUCCEEDED',
  untried: 'not tried',
};
const FORMATS: Readonly<Record<Outcome, Format>> = {
  refused: 'green',
  succeeded: 'red',
  untried: 'yellow',
};

const WIDEST = 80;
const GAP = 2;
/** Less than that beside the other columns, and evidence stands on lines of its own. */
const LEAST_EVIDENCE = 24;

/** @param columns of the terminal; more than 80 are not used, for lines that long are hard to read */
export function renderDemo(
  place: string,
  demo: Demo,
  style: Style,
  columns: number = WIDEST,
): string {
  const width = Math.min(columns, WIDEST);
  const [head, ...lines] = renderTable(HEAD, demo.attacks.map(cells)).trimEnd().split('\n');
  const left = Math.max(...[head!, ...lines].map((line) => line.length)) + GAP;
  const isBeside = width - left >= LEAST_EVIDENCE;
  const rows = demo.attacks.flatMap((result, index) => {
    const room = isBeside ? width - left : Math.max(width - GAP, 1);
    const words = wrapped(evidence(result), room, 'cut');
    const line = style(FORMATS[result.outcome], lines[index]!);
    if (!isBeside) return [line, ...words.map((text) => ' '.repeat(GAP) + text)];
    const [first = '', ...more] = words;
    const beside = `${line}${' '.repeat(left - lines[index]!.length)}${first}`.trimEnd();
    return [beside, ...more.map((text) => ' '.repeat(left) + text)];
  });
  const title = isBeside ? `${head!.padEnd(left)}EVIDENCE` : head!;
  const end = wrapped(summary(place, demo), width, 'cut').map((line) =>
    style(isHeld(demo) ? 'green' : 'red', line),
  );
  return `${[style('bold', title), ...rows, ...end].join('\n')}\n`;
}

/** On a terminal a line as it happens; elsewhere the steps are told, and the table is enough. */
export function tellResult(io: Io, place: string, result: AttackResult): void {
  if (!io.live) return;
  io.live('');
  const mark = io.style(FORMATS[result.outcome], WORDS[result.outcome]);
  io.tell(`${place}: ${result.title} (${result.walls.join(', ')}): ${mark}`);
}

function cells({ title, walls, outcome }: AttackResult): string[] {
  return [title, walls.join(' '), WORDS[outcome]];
}

/** `EAGAIN after 254 processes` */
function evidence({ refusal, detail }: AttackResult): string {
  return inertLine([refusal, detail].filter(Boolean).join(' '));
}

function summary(place: string, { attacks, changes }: Demo): string {
  const counts = (['succeeded', 'untried', 'refused'] as const).map((outcome) => {
    const count = attacks.filter((each) => each.outcome === outcome).length;
    return count > 0 ? `${count} ${WORDS[outcome].toLowerCase()}` : '';
  });
  const after = changes.length > 0 ? changes.join('; ') : 'everything is as it was before';
  return inertLine(`${place}: ${counts.filter(Boolean).join(', ')}; ${after}`);
}
