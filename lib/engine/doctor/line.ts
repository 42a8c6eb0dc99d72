/** One answer of the doctor. */

/** `unknown`: it could not be found out, which is never fine. */
export type State = 'good' | 'weak' | 'bad' | 'unknown';

export interface Line {
  /** Stable, for machines. */
  readonly id: string;
  readonly state: State;
  /** What was found. */
  readonly found: string;
  /** What that means for the walls. */
  readonly means: string;
  /** Rows of docs/THREATS.md. */
  readonly rows: readonly string[];
  /** The command that mends it here. */
  readonly fix?: string;
}
