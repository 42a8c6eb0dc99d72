/**
 * The names on the command line, as the list that synthesis asks about every sandbox of the app.
 * It remembers what it was asked about, so that a misspelt name can be told from an absent one.
 */
import { closest } from '../../core/suggest';
import { usageError, type CommandError } from '../exit-code';

export class SandboxSelection extends Array<string> {
  /** The names of all sandboxes of the app. */
  readonly known = new Set<string>();

  static named(names: readonly string[]): SandboxSelection {
    const selection = new SandboxSelection();
    selection.push(...new Set(names));
    return selection;
  }

  /** What is filtered or mapped out of it is a plain list. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  override includes(name: string): boolean {
    this.known.add(name);
    return super.includes(name);
  }

  /** The error for names that no sandbox has; `undefined` when there is none. */
  problem(): CommandError | undefined {
    const unknown = this.filter((name) => !this.known.has(name));
    return unknown.length === 0
      ? undefined
      : unknownSandboxes(unknown, [...this.known].sort(), 'the app');
  }
}

/** The error for names that no sandbox has, with those that there are. */
export function unknownSandboxes(
  unknown: readonly string[],
  known: readonly string[],
  where: string,
): CommandError {
  const lines = unknown.map((name) => {
    const guess = closest(name, known);
    return `there is no sandbox ${name}${guess ? `; did you mean ${guess}?` : ''}`;
  });
  const all = known.length > 0 ? `${where} has: ${list(known)}` : `${where} has no sandbox`;
  return usageError('UNKNOWN_SANDBOX', [...lines, all].join('\n'));
}

const SHOWN = 20;

function list(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return names.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
