/** All errors that this package throws on purpose, in one place so that they can be read together. */
import type { Finding } from './finding';
import { quote } from './quote';
import { captureStack, userLocation, type SourceLocation } from './source-location';

/** Base of all errors of this package; `code` is stable and can be tested for. */
export abstract class SandboxCdkError extends Error {
  abstract readonly code: string;

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** An error that carries findings: the answer to "is this program acceptable?" is no. */
export class FindingsError extends SandboxCdkError {
  readonly code: string = 'FINDINGS';

  constructor(
    summary: string,
    readonly findings: readonly Finding[],
  ) {
    super([summary, ...findings.map(oneLine)].join('\n'));
  }
}

/** Props that a construct does not accept; every problem of the call at once. */
export class InvalidPropsError extends FindingsError {
  override readonly code = 'INVALID_PROPS';

  constructor(construct: string, findings: readonly Finding[]) {
    super(`${construct}: ${count(findings.length, 'problem')} in its props`, findings);
  }
}

/** Synthesis found errors that are neither mended nor acknowledged. */
export class SynthesisError extends FindingsError {
  override readonly code = 'SYNTHESIS';

  constructor(findings: readonly Finding[]) {
    super(`synthesis stopped: ${count(findings.length, 'finding')}`, findings);
  }
}

/** Two constructs of one scope with the same id. */
export class DuplicateIdError extends FindingsError {
  override readonly code = 'DUPLICATE_ID';

  constructor(scope: string, id: string, first: SourceLocation | undefined) {
    const where = first ? ` (the first one: ${first.file}:${first.line})` : '';
    const construct = scope === '' ? id : `${scope}/${id}`;
    super(`two constructs are called ${construct}`, [
      {
        rule: 'duplicate-id',
        severity: 'error',
        message: `received the id ${quote(id)} a second time in ${scope || 'the app'}${where}`,
        fix: 'give one of them another id; ids are unique within their scope',
        construct,
        source: userLocation(captureStack()),
        acknowledgeable: false,
      },
    ]);
  }
}

/**
 * What is wrong with the output folder: files edited by hand, or not ours; a symlink or another trap;
 * no permission; another run at work; nothing there to read.
 */
export type OutputErrorCode =
  | 'OUTPUT_EDITED'
  | 'OUTPUT_FOREIGN'
  | 'OUTPUT_UNSAFE'
  | 'OUTPUT_UNWRITABLE'
  | 'OUTPUT_BUSY'
  | 'OUTPUT_MISSING';

/** The output folder cannot be read, or not be written without losing something. */
export class OutputError extends SandboxCdkError {
  constructor(
    readonly code: OutputErrorCode,
    message: string,
    /** The paths it is about: relative to the output folder, or absolute. */
    readonly paths: readonly string[] = [],
  ) {
    super(message);
  }
}

/**
 * What is wrong with the engine: it cannot be reached; it refused a request; its address cannot be
 * understood; Compose is missing, or failed; the sandbox does not run, or is not there; what is known
 * of it cannot be kept; something is in the way of a start; an image cannot be built; a service is not
 * healthy; something still runs; its records are kept elsewhere; the person asked to stop.
 */
export type EngineErrorCode =
  | 'ENGINE_UNREACHABLE'
  | 'ENGINE_REFUSED'
  | 'ENGINE_CONTEXT'
  | 'COMPOSE_MISSING'
  | 'COMPOSE_FAILED'
  | 'NOT_RUNNING'
  | 'STATE_UNWRITABLE'
  | 'NOT_READY'
  | 'BUILD_FAILED'
  | 'UNHEALTHY'
  | 'NOT_STOPPED'
  | 'LOGS_ELSEWHERE'
  | 'INTERRUPTED';

/** The container engine could not do what was asked of it. */
export class EngineError extends SandboxCdkError {
  constructor(
    readonly code: EngineErrorCode,
    message: string,
    /** The status of its answer, where it gave one. */
    readonly status?: number,
  ) {
    super(message);
  }
}

/** `SANDBOX_UID` or `SANDBOX_GID` says what no person can be. */
export class PersonError extends SandboxCdkError {
  readonly code = 'CONFIG_PERSON';
}

/** `cdk-like.json` cannot be used; every problem in it at once. */
export class ConfigError extends SandboxCdkError {
  readonly code = 'CONFIG';

  constructor(
    /** Absolute path of the file. */
    readonly file: string,
    readonly problems: readonly string[],
  ) {
    super([`${file} cannot be used:`, ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

function oneLine(finding: Finding): string {
  const at = finding.source ? ` (${finding.source.file}:${finding.source.line})` : '';
  return `  ${finding.rule}: ${finding.message} at ${finding.construct}${at}; ${finding.fix}`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
