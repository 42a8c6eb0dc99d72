/**
 * Where in the user's own program something was written. Capturing is cheap (V8 keeps raw frames
 * and formats them only when they are read), so every construct does it; reading happens only
 * when there is a finding to show.
 */
import * as path from 'node:path';

/** A place in the user's program. Line and column count from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Raw frames, not formatted yet. */
export interface CapturedStack {
  readonly stack: string;
}

/** A user's line can lie below several layers of presets; more frames than this are never needed. */
const FRAMES = 32;

/** Remembers the current call stack. */
export function captureStack(): CapturedStack {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const holder = {} as { stack: string };
  Error.captureStackTrace(holder, captureStack);
  Error.stackTraceLimit = limit;
  return holder;
}

/** The first frame of a stack that belongs to the user: not this library, not a package, not Node. */
export function userLocation(captured: CapturedStack): SourceLocation | undefined {
  return userFrames(captured.stack)[0];
}

/** All frames of a formatted stack that belong to the user, innermost first. */
export function userFrames(stack: string): SourceLocation[] {
  const frames: SourceLocation[] = [];
  for (const line of stack.split('\n')) {
    const frame = parseFrame(line);
    if (frame && isUserFile(frame.file)) frames.push(frame);
  }
  return frames;
}

const FRAME = /^\s+at (?:.*\()?((?:file:\/\/|\/|[A-Za-z]:\\).+?):(\d+):(\d+)\)?$/;

function parseFrame(line: string): SourceLocation | undefined {
  const match = FRAME.exec(line);
  if (!match) return undefined;
  const file = match[1]!.replace(/^file:\/\//, '');
  return { file, line: Number(match[2]), column: Number(match[3]) };
}

function isUserFile(file: string): boolean {
  if (file.includes(`${path.sep}node_modules${path.sep}`)) return false;
  return !OWN_CODE.some((prefix) => file.startsWith(prefix));
}

// This file runs as lib/core/source-location (sources and compiled library) and inside
// bin/sandbox-cdk.js (the bundled command); in both, the package's code lies around it.
const ROOT = __dirname.endsWith(path.join('lib', 'core'))
  ? path.dirname(path.dirname(__dirname))
  : path.dirname(__dirname);
const OWN_CODE = ['lib', 'constructs', 'presets']
  .map((folder) => path.join(ROOT, folder) + path.sep)
  .concat(path.join(ROOT, 'index.'), path.join(ROOT, 'bin', 'sandbox-cdk.'));
