/** What the doctor found, as people read it: worst first. */
import type { Line, State } from '../../engine/doctor';
import type { Format, Style } from '../io';
import { wrapped } from './wrapped';

const FORMATS: Readonly<Record<State, Format>> = {
  bad: 'red',
  unknown: 'yellow',
  weak: 'yellow',
  good: 'green',
};

const WIDTH = 76;
const INDENT = '         ';

export function renderDiagnosis(lines: readonly Line[], style: Style): string {
  return lines
    .map(({ state, found, means, rows, fix }) => {
      const wall = rows.length > 0 ? ` (${rows.join(', ')})` : '';
      const parts = [
        `${style(FORMATS[state], state.padEnd(7))}  ${wrap(found)}`,
        `${INDENT}${style('dim', wrap(`${means}${wall}`))}`,
        ...(fix === undefined ? [] : [`${INDENT}fix: ${wrap(fix)}`]),
      ];
      return `${parts.join('\n')}\n`;
    })
    .join('');
}

function wrap(text: string): string {
  return wrapped(text, WIDTH - INDENT.length, 'whole').join(`\n${INDENT}`);
}
