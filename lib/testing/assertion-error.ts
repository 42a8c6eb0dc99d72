/** What a failed expectation throws: a plain error, so that any test runner reports it. */
import { SandboxCdkError } from '../core/errors';

/**
 * An expectation that does not hold. Its stack starts at the caller's line, so that a test runner
 * shows the test and not this library.
 */
export class ExpectationError extends SandboxCdkError {
  readonly code = 'EXPECTATION';
}

/** A function or method whose own frame, and all above it, are left out of a stack. */
export type EntryPoint = (...args: never[]) => unknown;

/** Throws an ExpectationError as if `entry`'s caller had. */
export function fail(message: string, entry: EntryPoint): never {
  const error = new ExpectationError(message);
  Error.captureStackTrace(error, entry);
  throw error;
}
