/** What a failed expectation throws: a plain error, so that any test runner reports it. */
import * as path from 'node:path';
import { SandboxCdkError } from '../core/errors';

/** Frames of this folder, which say nothing to the one who wrote the test. */
const OWN_FRAME = `${__dirname}${path.sep}`;

/**
 * An expectation that does not hold. Its stack starts at the caller's line, so that a test runner
 * shows the test and not this library.
 */
export class ExpectationError extends SandboxCdkError {
  readonly code = 'EXPECTATION';

  constructor(message: string) {
    super(message);
    const lines = (this.stack ?? '').split('\n');
    this.stack = lines.filter((line) => !isOwnFrame(line)).join('\n');
  }
}

/** Throws an `ExpectationError`. */
export function fail(message: string): never {
  throw new ExpectationError(message);
}

function isOwnFrame(line: string): boolean {
  return /^\s+at /.test(line) && line.includes(OWN_FRAME);
}
