/**
 * A manifest read from disk, checked. It was committed, merged and perhaps edited by people, and its
 * paths decide what is removed, so nothing in it is believed as it stands. Checked by hand: a schema
 * library would cost more than the rest of a run over an unchanged folder.
 */
import { OutputError } from '../core/errors';
import { isObject } from '../core/is-object';
import { NAME_PATTERN } from '../core/names';
import { MANIFEST_FORMAT, type Manifest, type SandboxManifest } from './manifest';
import { isSafePath } from './output-path';

const SHA256 = /^[0-9a-f]{64}$/;
const CLASSIFICATIONS: readonly unknown[] = ['public', 'internal', 'confidential', 'restricted'];

/**
 * @param where path of the file, for messages
 * @throws OutputError OUTPUT_FOREIGN with what is wrong and what to do
 */
export function parseManifest(text: string, where: string): Manifest {
  const value = parseJson(text, where);
  if (!isObject(value)) throw foreign(where, 'holds no JSON object');
  if (typeof value.format === 'number' && value.format > MANIFEST_FORMAT) {
    throw new OutputError(
      'OUTPUT_FOREIGN',
      `${where} has format ${value.format}, written by a newer version; this one knows up to ${MANIFEST_FORMAT}. Update sandbox-cdk, then run again`,
      [where],
    );
  }
  const problem = problemOf(value);
  if (problem !== undefined) throw foreign(where, problem);
  return value as unknown as Manifest;
}

/** Parses JSON that a tool wrote; a merge conflict is told as one. */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const conflict = /^(?:<{7}|>{7}|={7})/m.test(text);
    throw foreign(where, conflict ? 'holds a merge conflict' : `is no JSON: ${messageOf(error)}`);
  }
}

export function foreign(where: string, problem: string): OutputError {
  return new OutputError(
    'OUTPUT_FOREIGN',
    `${where} ${problem}, so nobody knows which files are generated. Restore it, or synthesize with --overwrite to replace every file that is in the way`,
    [where],
  );
}

/** True for `{ path: sha256 }` whose every path `isPath` accepts. */
function isHashes(value: unknown): value is SandboxManifest['files'] {
  return (
    isObject(value) &&
    Object.entries(value).every(([file, hash]) => isHash(hash) && isSafePath(file))
  );
}

export function isHash(value: unknown): value is string {
  return typeof value === 'string' && SHA256.test(value);
}

function problemOf(value: Readonly<Record<string, unknown>>): string | undefined {
  if (value.format !== MANIFEST_FORMAT) return `has no format ${MANIFEST_FORMAT}`;
  if (typeof value.policyDigest !== 'string') return 'has no policyDigest';
  if (!isObject(value.sandboxes)) return 'has no sandboxes';
  for (const [name, sandbox] of Object.entries(value.sandboxes)) {
    if (!NAME_PATTERN.test(name)) return `names a sandbox ${JSON.stringify(name)}`;
    const part = wrongPart(sandbox);
    if (part !== undefined) return `has no valid ${part} for the sandbox ${name}`;
  }
  return undefined;
}

function wrongPart(sandbox: unknown): keyof SandboxManifest | 'entry' | undefined {
  if (!isObject(sandbox)) return 'entry';
  const { level, dataClassification, services, acknowledged, files } = sandbox;
  if (level !== 1 && level !== 2 && level !== 3) return 'level';
  if (!CLASSIFICATIONS.includes(dataClassification)) return 'dataClassification';
  if (!isList(services, (service) => typeof service === 'string')) return 'services';
  if (!isList(acknowledged, isAcknowledgement)) return 'acknowledged';
  return isHashes(files) ? undefined : 'files';
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isAcknowledgement(value: unknown): boolean {
  return (
    isObject(value) &&
    [value.rule, value.construct, value.reason].every((part) => typeof part === 'string')
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
