/**
 * Where in the user's own program something was written. Capturing is cheap (V8 keeps raw frames
 * and formats them only when they are read), so every construct does it; reading happens only
 * when there is a finding to show.
 */
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

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

/**
 * The first frame of a stack that belongs to the user: not this library, not a package, not Node.
 *
 * @param made what was made when the stack was captured: a class of the user's own without a written
 * constructor has a frame at its first line, where nothing was made
 */
export function userLocation(captured: CapturedStack, made?: object): SourceLocation | undefined {
  return framesOf(captured.stack).find(({ makes }) => !hasImplicitConstructor(made, makes))
    ?.location;
}

/** All frames of a formatted stack that belong to the user, innermost first. */
export function userFrames(stack: string): SourceLocation[] {
  return framesOf(stack).map(({ location }) => location);
}

interface Frame {
  readonly location: SourceLocation;
  /** The class whose constructor it is in, if it is in one. */
  readonly makes: string | undefined;
}

function framesOf(stack: string): Frame[] {
  return stack
    .split('\n')
    .map(parseFrame)
    .filter((frame) => frame !== undefined)
    .filter(({ location }) => isUserFile(location.file));
}

const FRAME = /^\s+at (?:(?:new (\S+) |.*)\()?((?:file:\/\/|\/|[A-Za-z]:\\).+?):(\d+):(\d+)\)?$/;

function parseFrame(line: string): Frame | undefined {
  const match = FRAME.exec(line);
  if (!match) return undefined;
  const [, makes, where, lineNumber, column] = match;
  const file = where!.startsWith('file://') ? fromFileUrl(where!) : where!;
  return { location: { file, line: Number(lineNumber), column: Number(column) }, makes };
}

function fromFileUrl(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}

/** True when one of the object's classes is called so and leaves its constructor to the language. */
function hasImplicitConstructor(made: object | undefined, className: string | undefined): boolean {
  if (!made || className === undefined) return false;
  for (let at: unknown = Object.getPrototypeOf(made); at; at = Object.getPrototypeOf(at)) {
    const { constructor: type } = at;
    if (type.name === className) return !/\bconstructor\s*\(/.test(String(type));
  }
  return false;
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
