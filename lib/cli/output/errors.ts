/** What a command says when it cannot go on, and the exit code that goes with it. */
import type { Finding } from '../../core/finding';
import type { SourceLocation } from '../../core/source-location';
import { CommandError, ExitCode } from '../exit-code';
import type { Io } from '../io';
import { ProgramError, TypeErrors, type Diagnostic } from '../program/program-error';
import { countFindings, excerpt, findingToJson, place, tellFindings } from './findings';
import { inert } from './inert';
import { answerJson } from './json';
import * as path from 'node:path';

export interface ErrorReport {
  readonly io: Io;
  readonly json: boolean;
  /** Files of the user are named from here. */
  readonly projectDir: string;
  /** True for a command that would have written: people want to know that it did not. */
  readonly isWriting?: boolean;
}

/** Says the error, to people or as JSON, and gives the exit code. */
export function reportError(error: unknown, report: ErrorReport): ExitCode {
  const exitCode = exitCodeOf(error);
  if (report.json) answerJson(report.io, errorToJson(error, exitCode, report.projectDir));
  else tellError(error, report);
  return exitCode;
}

interface CodedError extends Error {
  readonly code: string;
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommandError) return error.exitCode;
  if (findingsOf(error)) return ExitCode.no;
  const code = codeOf(error);
  if (code === 'OUTPUT_EDITED') return ExitCode.no;
  if (code?.startsWith('OUTPUT_') || code?.startsWith('CONFIG')) return ExitCode.usage;
  if (codeOf(error) === 'INTERRUPTED') return ExitCode.interrupted;
  // By name: another installed copy of this package has a class of its own.
  if (error instanceof Error && error.name === 'EngineError') return ExitCode.engine;
  return ExitCode.program;
}

function tellError(error: unknown, { io, projectDir, isWriting }: ErrorReport): void {
  const label = io.style('red', 'error');
  const findings = findingsOf(error);
  if (findings) {
    tellFindings(io, findings, projectDir);
    io.tell(`${label}: ${countFindings(findings)}${isWriting ? '; nothing was written' : ''}`);
  } else if (error instanceof TypeErrors) {
    for (const diagnostic of error.diagnostics)
      io.tell(`${renderDiagnostic(diagnostic, io, projectDir)}\n`);
    io.tell(`${label}: ${error.message}`);
  } else if (error instanceof ProgramError) {
    io.tell(
      [`${label}: ${error.message}`, ...renderFrames(error.frames, io, projectDir)].join('\n'),
    );
  } else if (error instanceof CommandError || codeOf(error) !== undefined) {
    // It may hold what a container, a build or the engine said.
    io.tell(`${label}: ${inert((error as Error).message)}`);
  } else {
    // Not foreseen, so a fault of ours: everything that helps to mend it.
    io.tell(`${label}: a fault of sandbox-cdk itself; please report it\n${inert(stackOf(error))}`);
  }
}

function errorToJson(error: unknown, exitCode: ExitCode, projectDir: string): object {
  const findings = findingsOf(error);
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return {
    error: {
      code: codeOf(error) ?? 'INTERNAL',
      exitCode,
      message: findings
        ? countFindings(findings)
        : error instanceof CommandError
          ? error.message
          : message,
      ...(error instanceof TypeErrors && { diagnostics: error.diagnostics }),
      ...(error instanceof ProgramError && {
        frames: error.frames.map((frame) => place(frame, projectDir)),
      }),
    },
    ...(findings && { findings: findings.map((one) => findingToJson(one, projectDir)) }),
  };
}

function renderFrames(frames: readonly SourceLocation[], io: Io, projectDir: string): string[] {
  const [first] = frames;
  return [
    ...frames.map((frame) => `  at ${io.style('cyan', place(frame, projectDir))}`),
    ...(first ? excerpt(first, io.style('red', '^')) : []),
  ];
}

function renderDiagnostic(
  { source, code, message }: Diagnostic,
  io: Io,
  projectDir: string,
): string {
  const lines = [`${io.style('red', 'error')} ${io.style('bold', code)}: ${message}`];
  if (!source) return lines.join('\n');
  const absolute = { ...source, file: path.resolve(projectDir, source.file) };
  return [
    ...lines,
    `  at ${io.style('cyan', place(source, projectDir))}`,
    ...excerpt(absolute, io.style('red', '^')),
  ].join('\n');
}

/** By shape, so that the error of another installed copy of this package is understood too. */
function findingsOf(error: unknown): readonly Finding[] | undefined {
  const { findings } = (error ?? {}) as { findings?: readonly Finding[] };
  return Array.isArray(findings) ? findings : undefined;
}

function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as Partial<CodedError>;
  return typeof code === 'string' ? code : undefined;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
