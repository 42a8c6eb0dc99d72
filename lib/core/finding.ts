/** A finding: one thing that is wrong or weak, whatever part of the pipeline noticed it. */
import type { SourceLocation } from './source-location';

/**
 * `error` stops synthesis until it is mended or acknowledged; `warning` is shown and does not
 * stop; `note` is shown only when asked for.
 */
export type Severity = 'error' | 'warning' | 'note';

export interface Finding {
  /** Stable id in kebab-case, for `explain ID` and for acknowledgements. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong with the value received. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  /** Path of the construct in the tree: `payments/agent`. */
  readonly construct: string;
  /** The user's own line that made the construct. */
  readonly source?: SourceLocation;
  /** Path in the generated document, where there is one: `services.agent.read_only`. */
  readonly property?: string;
  /** False for what can never be accepted. */
  readonly acknowledgeable: boolean;
}

/** A finding accepted on purpose. */
export interface Acknowledgement {
  readonly rule: string;
  readonly reason: string;
  /** Path of the construct it was given on; it covers that construct and all below it. */
  readonly scope: string;
  readonly source?: SourceLocation;
}

/** True when the acknowledgement covers the finding: same rule, same construct or one above it. */
export function covers(acknowledgement: Acknowledgement, finding: Finding): boolean {
  const { rule, scope } = acknowledgement;
  if (!finding.acknowledgeable || rule !== finding.rule) return false;
  return scope === '' || finding.construct === scope || finding.construct.startsWith(`${scope}/`);
}
