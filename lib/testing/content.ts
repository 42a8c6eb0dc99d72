/** What a template looks at, and the three places it can come from. */
import * as path from 'node:path';
import type { Assembly } from '../assembly/assembly';
import { SynthesisRun, synthesizeSandbox } from '../assembly/synthesize-sandbox';
import { acknowledgementsOf } from '../core/construct';
import { SynthesisError } from '../core/errors';
import type { Finding } from '../core/finding';
import { layoutOf } from '../core/layout';
import type { Sandbox } from '../core/sandbox';
import { closest } from '../core/suggest';
import { unusedAcknowledgement } from '../policy/evaluate';
import { plainData } from './plain-data';
import { showText } from './show';

/** An acknowledgement that is in force: what was accepted, where, and why. */
export interface AcceptedFinding {
  readonly rule: string;
  /** Path of the construct that has the finding. */
  readonly construct: string;
  readonly reason: string;
}

export interface TemplateContent {
  readonly name: string;
  /** The Compose document as plain data. */
  readonly document: Readonly<Record<string, unknown>>;
  /** Content by path relative to the sandbox's folder; the compose file is one of them. */
  readonly files: ReadonlyMap<string, string>;
  /** `undefined` where they are not recorded: in an output folder. */
  readonly findings: readonly Finding[] | undefined;
  readonly accepted: readonly AcceptedFinding[];
}

/** Synthesizes one sandbox, whatever else is in its app. */
export function contentOfSandbox(sandbox: Sandbox, allowFindings: boolean): TemplateContent {
  const { projectDir, output } = layoutOf(sandbox);
  const above = sandbox.node.scopes.slice(0, -1).flatMap(acknowledgementsOf);
  const run = new SynthesisRun(path.resolve(projectDir, output), above);
  const { assembly, manifest, settled, acknowledgements } = synthesizeSandbox(sandbox, run);
  // One given above the sandbox may be about another sandbox.
  const unused = acknowledgements.filter((one) => !run.used.has(one)).map(unusedAcknowledgement);
  const findings = [...settled.open, ...unused];
  if (!allowFindings && findings.some(({ severity }) => severity === 'error')) {
    throw new SynthesisError(findings);
  }
  return {
    name: assembly.name,
    document: plainData(assembly.document) as Record<string, unknown>,
    files: assembly.files,
    findings,
    accepted: manifest.acknowledged,
  };
}

/** Takes one sandbox out of an assembly. */
export function contentOfAssembly(assembly: Assembly, name: string | undefined): TemplateContent {
  const chosen = chooseName(Object.keys(assembly.manifest.sandboxes), name);
  const sandbox = assembly.sandboxes.find((candidate) => candidate.name === chosen)!;
  return {
    name: chosen,
    document: plainData(sandbox.document) as Record<string, unknown>,
    files: sandbox.files,
    findings: assembly.findings.filter(
      ({ construct }) => sandboxIn(construct, assembly) === chosen,
    ),
    accepted: assembly.manifest.sandboxes[chosen]!.acknowledged,
  };
}

/** The sandbox of the given name, or the only one. Throws a RangeError when there is no such. */
export function chooseName(names: readonly string[], name: string | undefined): string {
  if (name === undefined && names.length === 1) return names[0]!;
  if (name !== undefined && names.includes(name)) return name;
  const known = names.length === 0 ? 'there is none' : `there are: ${names.join(', ')}`;
  if (name === undefined) throw new RangeError(`Template: say which sandbox; ${known}`);
  const guess = closest(name, names);
  throw new RangeError(
    `Template: there is no sandbox ${showText(name)}; ${guess ? `did you mean ${guess}?` : known}`,
  );
}

/** The sandbox that a construct path lies in: sandboxes are not nested, so the outermost name. */
function sandboxIn(construct: string, { manifest }: Assembly): string | undefined {
  return construct.split('/').find((id) => Object.hasOwn(manifest.sandboxes, id));
}
