/**
 * Keeps a program from taking the process with it: what it prints goes to stderr, so that stdout
 * holds nothing but the command's own answer, and what would end the process is reported instead.
 */
export interface GuardEvents {
  /** `process.exit()` was called. What it throws is thrown there. */
  readonly onExit: (code: unknown) => void;
  /** Something was thrown where nobody could catch it, or a promise was rejected unseen. */
  readonly onError: (error: unknown) => void;
  /** Nothing is left that the program could be waiting for. */
  readonly onIdle: () => void;
}

/** Gives back a function that takes the guard away. */
export function guardProcess(events: GuardEvents): () => void {
  const exit = process.exit.bind(process);
  const stdout = Object.getOwnPropertyDescriptor(process, 'stdout')!;
  process.exit = (code?: unknown): never => {
    events.onExit(code);
    // Nothing after the call may run; only an exception stops it.
    throw new ProcessExit();
  };
  Object.defineProperty(process, 'stdout', { configurable: true, get: () => process.stderr });
  const onError = (error: unknown): void => {
    if (!(error instanceof ProcessExit)) events.onError(error);
  };
  process.on('uncaughtException', onError);
  process.on('unhandledRejection', onError);
  process.on('beforeExit', events.onIdle);
  return () => {
    process.exit = exit;
    Object.defineProperty(process, 'stdout', stdout);
    process.off('uncaughtException', onError);
    process.off('unhandledRejection', onError);
    process.off('beforeExit', events.onIdle);
  };
}

/** Stands for a `process.exit()` that was already dealt with. */
export class ProcessExit extends Error {
  constructor() {
    super('the program called process.exit()');
  }
}
