/** Findings as people read them: what is wrong, where, how to mend it, and how to accept it. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Finding, Severity } from '../../core/finding';
import type { SourceLocation } from '../../core/source-location';
import type { Format, Io } from '../io';

const FORMATS: Readonly<Record<Severity, Format>> = {
  error: 'red',
  warning: 'yellow',
  note: 'cyan',
};

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** Says every finding, errors first. `projectDir` is what the user's files are named from. */
export function tellFindings(io: Io, findings: readonly Finding[], projectDir: string): void {
  const sorted = [...findings].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  for (const finding of sorted) io.tell(`${render(finding, io, projectDir)}\n`);
}

/** "2 errors, 1 warning" */
export function countFindings(findings: readonly Finding[]): string {
  const counts = (Object.keys(ORDER) as Severity[]).map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? plural(count, severity) : '';
  });
  return counts.filter(Boolean).join(', ');
}

export function plural(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `10,000`. Not by `toLocaleString`: the first call of that takes longer than a whole synthesis. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function render(finding: Finding, { style }: Io, projectDir: string): string {
  const { severity, rule, message, construct, property, source, fix } = finding;
  const lines = [
    `${style(FORMATS[severity], severity)} ${style('bold', rule)}: ${message}`,
    `  at ${construct || 'the app'}${property ? style('dim', ` (${property})`) : ''}`,
  ];
  if (source) {
    lines.push(`  ${style('cyan', place(source, projectDir))}`);
    lines.push(...excerpt(source, style('red', '^')));
  }
  lines.push(`  fix: ${fix}`);
  lines.push(`  ${acceptance(finding)}`);
  return lines.join('\n');
}

/** The call that would accept the finding. */
function acceptance({ acknowledgeable, rule, construct }: Finding): string {
  return acknowledgeable
    ? `accept: ${acknowledgementCode(rule)}  // on ${construct || 'the app'}`
    : 'accept: not possible';
}

export function acknowledgementCode(rule: string): string {
  return `sandbox.acknowledge('${rule}', 'why it is needed')`;
}

/** `bin/sandbox.ts:12:3`, from the project folder where that is shorter to read. */
export function place({ file, line, column }: SourceLocation, projectDir: string): string {
  return `${relativeTo(projectDir, file)}:${line}:${column}`;
}

export function relativeTo(folder: string, file: string): string {
  if (!path.isAbsolute(file)) return file;
  const relative = path.relative(folder, file);
  return relative.startsWith('..') ? file : relative.split(path.sep).join('/');
}

/** The line itself, with a caret below the column. */
export function excerpt({ file, line, column }: SourceLocation, caret: string): string[] {
  const text = sourceLine(file, line);
  if (text === undefined || text.length > 200) return [];
  const before = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  const margin = String(line);
  return [`    ${margin} | ${text}`, `    ${' '.repeat(margin.length)} | ${before}${caret}`];
}

function sourceLine(file: string, line: number): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8').split(/\r?\n/)[line - 1];
  } catch {
    return undefined;
  }
}

/** A finding as `--json` shows it: its file is named from the project folder. */
export function findingToJson(finding: Finding, projectDir: string): object {
  const { rule, severity, message, fix, construct, property, acknowledgeable, source } = finding;
  return {
    rule,
    severity,
    message,
    construct,
    ...(property !== undefined && { property }),
    ...(source && { source: { ...source, file: relativeTo(projectDir, source.file) } }),
    fix,
    acknowledgeable,
  };
}
