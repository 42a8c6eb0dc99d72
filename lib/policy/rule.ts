/** What a rule is: a pure function from the final document of one sandbox to what violates it. */
import type { ComposeDocument, ServiceDocument } from '../compose/generated/document';
import type { Severity } from '../core/finding';
import type { Level } from '../core/sandbox';
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

export interface Rule {
  /** Kebab-case, stable: users write it into acknowledgements. */
  readonly id: string;
  /** One line: what must be true. */
  readonly title: string;
  /** One severity, or one for each level. */
  readonly severity: Severity | Readonly<Record<Level, Severity>>;
  /** False for what can never be accepted. */
  readonly acknowledgeable: boolean;
  /** What an agent could do if it were violated. */
  readonly why: string;
  /** What to write instead. */
  readonly fix: string;
  /** Rows of docs/THREATS.md that it closes. */
  readonly threats: readonly string[];
  readonly check: (subject: PolicySubject) => Iterable<Violation>;
}

/** A check that looks at one service at a time. `at` gives the path of one of its properties. */
export function eachService(
  check: (
    service: ServiceDocument,
    at: (property: string) => string,
    subject: PolicySubject,
    name: string,
  ) => Iterable<Violation>,
): Rule['check'] {
  return function* (subject) {
    for (const [name, service] of Object.entries(subject.document.services ?? {})) {
      yield* check(service, (property) => `services.${name}.${property}`, subject, name);
    }
  };
}

/** The severity of a rule at a level. */
export function severityAt(rule: Rule, level: Level): Severity {
  return typeof rule.severity === 'string' ? rule.severity : rule.severity[level];
}
