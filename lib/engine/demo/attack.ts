/** What an attack is, and what came of it. */

export interface Attack {
  /** Stable, for `--json`: `fill-memory`. */
  readonly id: string;
  /** In a few words: `fill memory`. */
  readonly title: string;
  /** The rows of docs/THREATS.md whose walls must refuse it. */
  readonly walls: readonly string[];
  /**
   * Python that defines `attack()`: it raises where it is refused, and gives back what it achieved where
   * it is not. What it changes it puts back itself, and it ends without help from outside.
   */
  readonly script: string;
  /**
   * What the wall's refusal looks like. Any other failure says nothing about the wall: a file that is
   * not there was not protected.
   */
  readonly refusals: readonly string[];
}

/** `untried`: no answer could be had, which is never a refusal. */
export type Outcome = 'refused' | 'succeeded' | 'untried';

export interface AttackResult {
  readonly id: string;
  readonly title: string;
  readonly walls: readonly string[];
  readonly outcome: Outcome;
  /** The name of the error that refused it, or `killed`; none where it was not refused. */
  readonly refusal?: string;
  /** What was seen, in one line: how far it came, or why it could not be tried. */
  readonly detail: string;
}

/** The limits that an attack goes a little beyond; 0 is none. */
export interface Limits {
  readonly memoryBytes: number;
  readonly pids: number;
}
