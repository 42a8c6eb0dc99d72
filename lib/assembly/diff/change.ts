/** One difference between two states of an output folder, and what it means for the walls. */

import { escapeActive } from '../../core/quote';

/**
 * `broadens`: something inside may do, see or use more than before, or is watched less; `narrows`: the
 * reverse; `neutral`: neither. Where it cannot be told, it broadens: a reviewer should look.
 */
export type Effect = 'broadens' | 'narrows' | 'neutral';

export interface Change {
  /** Name of the sandbox; empty for what concerns all of them. */
  readonly sandbox: string;
  /**
   * Where (empty for a whole sandbox): a path in the Compose document (`services.agent.volumes[/workspace].read_only`), a file
   * (`agent/Dockerfile`) or a property of the manifest (`level`).
   */
  readonly path: string;
  /** The value before, as plain data; `undefined` where it is new. */
  readonly before: unknown;
  readonly after: unknown;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly effect: Effect;
  /** One sentence for people: "agent can now write to /workspace (was read-only)". */
  readonly summary: string;
}

/** What a classifier says; `at` is relative to what it was asked about. */
export interface Verdict {
  readonly at?: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly effect: Effect;
  readonly summary: string;
}

/** The change that a verdict is about. */
export function toChange(sandbox: string, at: readonly string[], verdict: Verdict): Change {
  const { before, after, effect } = verdict;
  const summary = escapeActive(verdict.summary);
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const path = formatPath([...at, ...(verdict.at ?? [])]);
  return { sandbox, path, before, after, kind, effect, summary };
}

/** What broadens first, then what narrows, then the rest; each by sandbox and path. */
export function sortChanges(changes: readonly Change[]): Change[] {
  return [...changes].sort(
    (a, b) =>
      EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect) ||
      order(a.sandbox, b.sandbox) ||
      order(a.path, b.path),
  );
}

const EFFECTS: readonly Effect[] = ['broadens', 'narrows', 'neutral'];

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Keys that are names are joined by dots, all others stand in brackets; a file comes first, as it is. */
function formatPath([first = '', ...keys]: readonly string[]): string {
  return first + keys.map((key) => (/^[\w-]+$/.test(key) ? `.${key}` : `[${key}]`)).join('');
}
