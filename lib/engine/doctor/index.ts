/** The doctor: everything that can be said about this machine and its engine. */
import { composeLine, engineLine, QUESTIONS } from './engine-lines';
import { escapeLines } from './escape-lines';
import type { Facts } from './facts';
import type { Line, State } from './line';

export { collectFacts, type Facts } from './facts';
export type { Line, State } from './line';

const ORDER: readonly State[] = ['bad', 'unknown', 'weak', 'good'];

/** Worst first. */
export function diagnose(facts: Facts): readonly Line[] {
  const { engine } = facts;
  const lines = [
    engineLine(facts),
    composeLine(facts),
    ...('info' in engine ? QUESTIONS.map((ask) => ask(engine.info, facts)) : []),
    ...('version' in engine ? escapeLines(engine.version, facts.platform) : []),
  ];
  return [...lines].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
}
