/** What validating found, as people read it: worst first, a line a wall. */
import {
  isFailure,
  type SandboxReport,
  type ServiceReport,
  type WallResult,
} from '../../engine/report';
import type { Verdict } from '../../engine/verdict';
import type { Format, Io, Style } from '../io';
import { inertLine } from './inert';

const ORDER: readonly Verdict[] = ['broken', 'unproven', 'proven'];
const FORMATS: Readonly<Record<Verdict, Format>> = {
  broken: 'red',
  unproven: 'yellow',
  proven: 'green',
};

/** Says the report on stderr, for a command whose answer is another. */
export function tellWalls(io: Io, report: SandboxReport): void {
  io.tell(renderWalls(report, io.style).trimEnd());
}

/** @param shown the services and walls to show. Default: all. The last line always counts all */
export function renderWalls(
  report: SandboxReport,
  style: Style,
  shown: readonly ServiceReport[] = report.services,
): string {
  const parts = shown.map(({ service, results }) => {
    const sorted = [...results].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
    const lines = sorted.flatMap((result) => renderResult(result, style));
    return [style('bold', `${report.sandbox}/${service}`), ...lines].join('\n');
  });
  return `${[...parts, summary(report, style)].join('\n')}\n`;
}

function renderResult(result: WallResult, style: Style): string[] {
  const { id, title, verdict, evidence, fix, allowed, accepted } = result;
  const mark = style(FORMATS[verdict], verdict.padEnd(8));
  const lines = [`  ${mark}  ${id.padEnd(3)}  ${title}`];
  if (verdict === 'proven') return lines;
  lines.push(`      ${inertLine(evidence)}`);
  if (allowed !== undefined) lines.push(`      allowed: ${inertLine(allowed)}`);
  for (const { rule, reason } of accepted ?? []) {
    lines.push(`      accepted in the program (${rule}): ${inertLine(reason)}`);
  }
  if (isFailure(result)) lines.push(`      ${style('dim', `fix: ${fix}`)}`);
  return lines;
}

function summary({ sandbox, services, isProven }: SandboxReport, style: Style): string {
  const all = services.flatMap(({ results }) => results);
  const counts = ORDER.map((verdict) => {
    const count = all.filter((each) => each.verdict === verdict).length;
    return count > 0 ? `${count} ${verdict}` : '';
  });
  const text = `${sandbox}: ${counts.filter(Boolean).join(', ') || 'nothing runs'}`;
  return style(isProven ? 'green' : 'red', text);
}
