/** What a construct of the user's program becomes: its part of the compose file, and its findings. */
import type { Assembly, SandboxAssembly } from '../../assembly/assembly';
import { toYaml } from '../../compose/yaml';
import type { Finding } from '../../core/finding';
import { closest } from '../../core/suggest';
import { usageError, type CommandError } from '../exit-code';

export interface ExplainedConstruct {
  readonly path: string;
  /** The files of the sandbox it belongs to are in the folder of this name. */
  readonly sandbox: string;
  readonly level: number;
  /** Its part of the document, `{ services: { agent: … } }`. */
  readonly document: object;
  /** The same as YAML. */
  readonly compose: string;
  readonly findings: readonly Finding[];
  readonly accepted: Assembly['accepted'];
}

/** @throws CommandError when the program has no such construct, or it becomes nothing of its own */
export function explainConstruct(path: string, assembly: Assembly): ExplainedConstruct {
  const parts = path.split('/').filter(Boolean);
  const sandbox = assembly.sandboxes.find(({ name }) => parts.includes(name));
  const constructPath = parts.join('/');
  const covers = ({ construct }: Finding): boolean =>
    construct === constructPath || construct.startsWith(`${constructPath}/`);
  const findings = assembly.findings.filter(covers);
  const accepted = assembly.accepted.filter(({ finding }) => covers(finding));
  const document = sandbox && partOf(sandbox, parts.slice(parts.indexOf(sandbox.name) + 1));
  if (!sandbox || (!document && findings.length === 0 && accepted.length === 0)) {
    throw unknownConstruct(constructPath, assembly);
  }
  return {
    path: constructPath,
    sandbox: sandbox.name,
    level: sandbox.level,
    document: document ?? {},
    compose: document ? toYaml(document) : '',
    findings,
    accepted,
  };
}

/** The elements of the document that bear the name of the construct, or of the nearest above it. */
function partOf({ document }: SandboxAssembly, parts: readonly string[]): object | undefined {
  if (parts.length === 0) return document;
  for (const name of [...parts].reverse()) {
    const sections = Object.entries(document as Record<string, unknown>)
      .filter(
        ([, section]) =>
          typeof section === 'object' && section !== null && Object.hasOwn(section, name),
      )
      .map(([section, elements]) => [
        section,
        { [name]: (elements as Record<string, unknown>)[name] },
      ]);
    if (sections.length > 0) return Object.fromEntries(sections) as object;
  }
  return undefined;
}

function unknownConstruct(path: string, assembly: Assembly): CommandError {
  const known = assembly.sandboxes.flatMap(({ name, document }) => [
    name,
    ...Object.keys(document.services ?? {}).map((service) => `${name}/${service}`),
  ]);
  const guess = closest(path, known);
  const listed = known.slice(0, 20).join(', ');
  return usageError(
    'UNKNOWN_CONSTRUCT',
    `there is no finding, and no construct with a part of its own in the output, named ${path}${guess ? `; did you mean ${guess}?` : ''}\nsandboxes and services: ${listed || 'none'}`,
  );
}
