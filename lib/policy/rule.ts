/** What a rule is: a pure function from the final document of one sandbox to what violates it. */
import type { ComposeDocument } from '../compose/generated/document';
import type { Severity } from '../core/finding';
import type { Level } from '../core/sandbox';
import type { ControlArea } from './controls';
import type { HostPaths } from './host-paths';

/** What rules look at: the final document, after every override, and the files beside it. */
export interface PolicySubject {
  readonly sandbox: string;
  readonly level: Level;
  readonly document: ComposeDocument;
  /** Content by path relative to the sandbox's folder. */
  readonly files: ReadonlyMap<string, string>;
  /** Resolves bind sources on this host. */
  readonly paths: HostPaths;
}

/** One thing that violates a rule. */
export interface Violation {
  /** What is wrong with the value received. */
  readonly message: string;
  /** Path in the document: `services.agent.read_only`. */
  readonly property: string;
  /** What to do about this one, where the rule's own `fix` is too general. */
  readonly fix?: string;
}

/** What a check gives back: nothing when all is well. */
export type Violations = Violation | readonly Violation[] | undefined;

/** A severity, or `off` where a level does not ask for it. */
export type RuleSeverity = Severity | 'off';

export interface Rule {
  /** Kebab-case, stable: users write it into acknowledgements. Also the name of the rule's file. */
  readonly id: string;
  /** One line: what must be true. */
  readonly title: string;
  /** One severity, or one for each level. */
  readonly severity: Severity | Readonly<Record<Level, RuleSeverity>>;
  /** False for what can never be accepted. */
  readonly acknowledgeable: boolean;
  /** What an agent could do if it were violated. */
  readonly why: string;
  /** What to write instead. */
  readonly fix: string;
  /** Rows of docs/THREATS.md that it helps to close. */
  readonly threats: readonly string[];
  /** The settings, by area, whose controls it supports. Empty where none fits. */
  readonly controls: readonly ControlArea[];
  /** Must not throw, whatever the document holds. */
  readonly check: (subject: PolicySubject) => readonly Violation[];
}

/** The severity of a rule at a level. */
export function severityAt(rule: Rule, level: Level): RuleSeverity {
  return typeof rule.severity === 'string' ? rule.severity : rule.severity[level];
}
