/** From the construct tree to the final Compose document, overrides included. */
import type { IConstruct } from 'constructs';
import type { Sandbox } from '../core/sandbox';
import { isComposeElement, type ComposeSection } from './element';
import type { ComposeDocument } from './generated/document';
import { validateDocument } from './validate';

/** The document of one sandbox, and which construct each element came from. */
export interface BuiltDocument {
  readonly document: ComposeDocument;
  /** The construct of `services.agent`, for findings. */
  readonly origins: ReadonlyMap<string, IConstruct>;
  readonly problems: readonly DocumentProblem[];
}

export interface DocumentProblem {
  readonly construct: IConstruct;
  readonly property: string;
  readonly message: string;
  readonly fix: string;
}

/** Renders every Compose element below the sandbox and puts them together. Pure. */
export function buildDocument(sandbox: Sandbox): BuiltDocument {
  const document: Record<string, unknown> = { name: sandbox.sandboxName };
  const origins = new Map<string, IConstruct>();
  const problems: DocumentProblem[] = [];

  for (const element of sandbox.node.findAll().filter(isComposeElement)) {
    const { section, elementName } = element;
    const property = `${section}.${elementName}`;
    const taken = origins.get(property);
    if (taken) {
      problems.push({
        construct: element,
        property,
        message: `received the name ${elementName} a second time in ${section} (the first one: ${taken.node.path})`,
        fix: 'give one of them another name',
      });
      continue;
    }
    const rendered = element.render();
    sectionOf(document, section)[elementName] = rendered.value;
    origins.set(property, element);
    problems.push(
      ...rendered.problems.map((problem) => ({
        construct: element,
        property,
        ...describe(problem),
      })),
    );
  }
  problems.push(...schemaProblems(document, origins, sandbox));
  return { document: document, origins, problems };
}

function sectionOf(document: Record<string, unknown>, section: ComposeSection) {
  return (document[section] ??= Object.create(null)) as Record<string, unknown>;
}

function schemaProblems(
  document: object,
  origins: ReadonlyMap<string, IConstruct>,
  sandbox: Sandbox,
): DocumentProblem[] {
  return validateDocument(document).map((problem) => ({
    construct: origins.get(problem.path.slice(0, 2).join('.')) ?? sandbox,
    property: problem.path.join('.'),
    ...describe(problem),
  }));
}

function describe(problem: {
  path: readonly (string | number)[];
  message: string;
  received: string;
  allowed: string;
}) {
  return {
    message: `${problem.path.join('.')}: ${problem.message}; received ${problem.received}`,
    fix: `allowed: ${problem.allowed}`,
  };
}
