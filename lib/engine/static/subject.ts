/** A sandbox of the output folder, read back as the rules of synthesis look at it. */
import * as path from 'node:path';
import { parse } from 'yaml';
import { COMPOSE_FILE } from '../../assembly/manifest';
import type { OutputSandbox } from '../../assembly/read';
import type { ComposeDocument } from '../../compose/generated/document';
import { EnvRef } from '../../core/env-ref';
import { OutputError } from '../../core/errors';
import { isObject } from '../../core/is-object';
import { hostPaths } from '../../policy/host-paths';
import type { PolicySubject } from '../../policy/rule';

/** @throws OutputError OUTPUT_EDITED for a compose file that is no document */
export function subjectOf(sandbox: OutputSandbox): PolicySubject {
  const { name, folder, manifest } = sandbox;
  const files = new Map([...sandbox.files].filter(([file]) => file !== COMPOSE_FILE));
  const document = documentOf(sandbox);
  return { sandbox: name, level: manifest.level, document, files, paths: hostPaths(folder) };
}

function documentOf({ folder, files }: OutputSandbox): ComposeDocument {
  const unreadable = (why: string) =>
    new OutputError(
      'OUTPUT_EDITED',
      `${path.join(folder, COMPOSE_FILE)} ${why}; sandbox-cdk synth --overwrite writes it again`,
    );
  const text = files.get(COMPOSE_FILE);
  if (text === undefined) throw unreadable('is missing');
  let document: unknown;
  try {
    // As Compose does: `<<` takes over what an anchor holds.
    document = parse(text, { merge: true });
  } catch (error) {
    throw unreadable(`cannot be read: ${(error as Error).message.trim()}`);
  }
  if (!isObject(document) || !isObject(document.services)) throw unreadable('holds no services');
  return withReferences(document) as ComposeDocument;
}

/** Every text as its value, or as the reference to the environment that it is. */
function withReferences(value: unknown): unknown {
  if (typeof value === 'string') return EnvRef.parse(value);
  if (Array.isArray(value)) return value.map(withReferences);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withReferences(each)]),
  );
}
