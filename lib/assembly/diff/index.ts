/**
 * What a program would change about the walls of its sandboxes: the difference between the output folder
 * and the assembly by its meaning, in sentences, with what broadens first.
 */
import { parse } from 'yaml';
import { isObject } from '../../core/is-object';
import type { Assembly, SandboxAssembly } from '../assembly';
import { COMPOSE_FILE, own, type SandboxManifest } from '../manifest';
import { readOutput, type Output, type OutputSandbox } from '../read';
import { sortChanges, toChange, type Change, type Verdict } from './change';
import { diffDocuments } from './document';
import { diffFiles } from './files';
import { diffAcknowledged, diffManifests } from './manifests';
import { textOf, type Plain } from './values';

export type { Change, Effect } from './change';

/**
 * Compares the output folder on disk with the assembly that would replace it.
 *
 * @param only names of the sandboxes to compare. Default: all
 * @returns sorted: what broadens, what narrows, the rest; each by sandbox and path
 * @throws OutputError as `readOutput` does
 */
export function diffAssembly(assembly: Assembly, only?: readonly string[]): Change[] {
  return diffOutput(readOutput(assembly.folder, only), assembly, only);
}

/** As `diffAssembly`, with an output folder that was read before; `undefined` for none. */
export function diffOutput(
  before: Output | undefined,
  assembly: Assembly,
  only?: readonly string[],
): Change[] {
  const chosen = only && new Set(only);
  const isChosen = ({ name }: { readonly name: string }) => chosen?.has(name) ?? true;
  const old = new Map(before?.sandboxes.filter(isChosen).map((one) => [one.name, one]));
  const next = new Map(assembly.sandboxes.filter(isChosen).map((one) => [one.name, one]));
  const changes = [...new Set([...old.keys(), ...next.keys()])].flatMap((name) => {
    const manifest = own(assembly.manifest.sandboxes, name);
    return diffSandbox(name, old.get(name), next.get(name), manifest);
  });
  if (!chosen && before) changes.push(...diffPolicy(before, assembly));
  return sortChanges(changes);
}

function diffSandbox(
  name: string,
  before: OutputSandbox | undefined,
  after: SandboxAssembly | undefined,
  manifest: SandboxManifest | undefined,
): Change[] {
  const changes = (at: string[], verdicts: Iterable<Verdict>) =>
    Array.from(verdicts, (verdict) => toChange(name, at, verdict));
  if (!after || !manifest) return changes([], wholeSandbox(name, before?.manifest, undefined));
  if (!before) {
    return [
      ...changes([], wholeSandbox(name, undefined, manifest)),
      ...changes([], diffAcknowledged([], manifest.acknowledged)),
      ...changes([], newDocument(after)),
    ];
  }
  return [
    ...changes([], diffManifests(before.manifest, manifest)),
    ...changes([], diffComposeFiles(before.files, after)),
    ...changes([], diffFiles(before.files, after.files, { sandbox: name, except: COMPOSE_FILE })),
  ];
}

function* wholeSandbox(
  name: string,
  before: SandboxManifest | undefined,
  after: SandboxManifest | undefined,
): Iterable<Verdict> {
  const told = after && `level ${after.level}, services: ${after.services.join(', ') || 'none'}`;
  const summary = after ? `the sandbox ${name} is new: ${told}` : `the sandbox ${name} is gone`;
  yield { before, after, effect: after ? 'broadens' : 'narrows', summary };
}

/** Of a new sandbox, only what is weaker than it could be: that its services are new goes without saying. */
function* newDocument({ files }: SandboxAssembly): Iterable<Verdict> {
  const document = parse(files.get(COMPOSE_FILE) ?? '') as unknown;
  for (const verdict of diffDocuments({}, isObject(document) ? document : {})) {
    if (verdict.effect === 'broadens' && (verdict.at?.length ?? 0) > 2) yield verdict;
  }
}

function* diffComposeFiles(
  old: ReadonlyMap<string, string>,
  { files }: SandboxAssembly,
): Iterable<Verdict> {
  const [before, after] = [old.get(COMPOSE_FILE), files.get(COMPOSE_FILE)];
  if (before === after || after === undefined) return;
  if (before === undefined) {
    const summary = `the file ${COMPOSE_FILE} is missing; compared with none`;
    yield { at: [COMPOSE_FILE], before, after, effect: 'neutral', summary };
  }
  const document = readDocument(before ?? '');
  if (typeof document === 'string') {
    const summary = `${COMPOSE_FILE} on disk cannot be read, and is compared as if it were empty: ${document}`;
    yield { at: [COMPOSE_FILE], before, after, effect: 'neutral', summary };
  }
  const known = typeof document === 'string' ? {} : document;
  const verdicts = [...diffDocuments(known, readDocument(after) as Plain)];
  yield* verdicts;
  if (verdicts.length > 0) return;
  const summary = `${COMPOSE_FILE}: another layout or other comments only`;
  yield { at: [COMPOSE_FILE], before, after, effect: 'neutral', summary };
}

/** The document, or why it cannot be read: people and merges edit it. */
function readDocument(text: string): Plain | string {
  try {
    const document = parse(text) as unknown;
    if (isObject(document)) return document;
    return document === null ? {} : `it holds ${textOf(document).slice(0, 40)}`;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

function diffPolicy(before: Output, { manifest }: Assembly): Change[] {
  const [old, next] = [before.manifest.policyDigest, manifest.policyDigest];
  if (old === next) return [];
  const summary = 'the rules that sandboxes are checked by have changed';
  return [toChange('', ['policyDigest'], { before: old, after: next, effect: 'neutral', summary })];
}
