/** The pipeline: construct tree → Compose documents and files → findings → assembly. */
import type { IConstruct } from 'constructs';
import * as path from 'node:path';
import { acknowledgementsOf, sourceOf } from '../core/construct';
import { SynthesisError } from '../core/errors';
import type { Acknowledgement, Finding } from '../core/finding';
import { layoutOf } from '../core/layout';
import { Sandbox } from '../core/sandbox';
import { policyDigest } from '../policy/digest';
import { unusedAcknowledgement } from '../policy/evaluate';
import type { Assembly } from './assembly';
import { MANIFEST_FORMAT } from './manifest';
import { SynthesisRun, synthesizeSandbox } from './synthesize-sandbox';

export interface SynthesisOptions {
  /** Names of the sandboxes to synthesize. Default: all. */
  readonly only?: readonly string[];
}

/**
 * Synthesizes the sandboxes below `root`. Reads no clock and no environment, and of the disk only
 * the certificates of images, and what mount rules need to see through symlinks.
 *
 * @throws SynthesisError with all findings when one of them is an error
 */
export function synthesize(root: IConstruct, options: SynthesisOptions = {}): Assembly {
  const { projectDir, output } = layoutOf(root);
  const folder = path.resolve(projectDir, output);
  const all = findSandboxes(root);
  const chosen = options.only
    ? all.filter(({ sandboxName }) => options.only!.includes(sandboxName))
    : all;

  const run = new SynthesisRun(folder, acknowledgementsOutside(root));
  const results = chosen.map((sandbox) => synthesizeSandbox(sandbox, run));
  const given = [
    // With a selection, an acknowledgement of the whole app may be about a sandbox left out.
    ...(options.only ? [] : run.shared),
    ...results.flatMap((result) => result.acknowledgements),
  ];
  const findings = [
    ...results.flatMap((result) => result.settled.open),
    ...duplicateNames(all),
    ...given.filter((one) => !run.used.has(one)).map(unusedAcknowledgement),
  ];
  if (findings.some(({ severity }) => severity === 'error')) throw new SynthesisError(findings);

  return {
    folder,
    sandboxes: results.map((result) => result.assembly),
    manifest: {
      format: MANIFEST_FORMAT,
      policyDigest: policyDigest(),
      sandboxes: Object.fromEntries(
        results.map(({ assembly, manifest }) => [assembly.name, manifest]),
      ),
    },
    findings,
    accepted: results.flatMap((result) => result.settled.accepted),
  };
}

function findSandboxes(root: IConstruct): Sandbox[] {
  if (Sandbox.isSandbox(root)) return [root];
  return root.node.children.flatMap(findSandboxes);
}

/** Acknowledgements given on the app, or on a construct that groups sandboxes. */
function acknowledgementsOutside(construct: IConstruct): Acknowledgement[] {
  if (Sandbox.isSandbox(construct)) return [];
  return [
    ...acknowledgementsOf(construct),
    ...construct.node.children.flatMap(acknowledgementsOutside),
  ];
}

function duplicateNames(sandboxes: readonly Sandbox[]): Finding[] {
  const first = new Map<string, Sandbox>();
  const findings: Finding[] = [];
  for (const sandbox of sandboxes) {
    const taken = first.get(sandbox.sandboxName);
    if (!taken) first.set(sandbox.sandboxName, sandbox);
    else findings.push(duplicateName(sandbox, taken));
  }
  return findings;
}

function duplicateName(sandbox: Sandbox, taken: Sandbox): Finding {
  return {
    rule: 'duplicate-sandbox',
    severity: 'error',
    message: `received the name ${sandbox.sandboxName} a second time (the first one: ${taken.node.path}); both would be written into one folder`,
    fix: 'give one of them another id',
    construct: sandbox.node.path,
    source: sourceOf(sandbox),
    acknowledgeable: false,
  };
}
