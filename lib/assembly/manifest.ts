/** manifest.json: what was written, by hash, so that a later run knows its own files. */
import { createHash } from 'node:crypto';
import type { DataClassification, Level } from '../core/sandbox';

export const MANIFEST_FILE = 'manifest.json';
export const MANIFEST_FORMAT = 1;

/** In each sandbox's folder. */
export const COMPOSE_FILE = 'docker-compose.yml';

export interface Manifest {
  readonly format: typeof MANIFEST_FORMAT;
  readonly policyDigest: string;
  readonly sandboxes: Readonly<Record<string, SandboxManifest>>;
}

export interface SandboxManifest {
  readonly level: Level;
  readonly dataClassification: DataClassification;
  readonly services: readonly string[];
  readonly acknowledged: readonly {
    readonly rule: string;
    readonly construct: string;
    readonly reason: string;
  }[];
  /** sha256 by path relative to the sandbox's folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** The sha256 of a text or of bytes, in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * The manifest as it is written: stable, and readable in a review. Sandboxes are sorted by name, so
 * that a run of a few of them and a run of all leave the same text.
 */
export function serializeManifest(manifest: Manifest): string {
  const sandboxes = Object.entries(manifest.sandboxes).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ ...manifest, sandboxes: Object.fromEntries(sandboxes) }, null, 2)}\n`;
}

/** The manifest after a run: a run of a few sandboxes keeps the entries of all others. */
export function mergeManifest(
  old: Manifest | undefined,
  next: Manifest,
  only: ReadonlySet<string> | undefined,
): Manifest {
  if (!only) return next;
  const kept = Object.entries(old?.sandboxes ?? {}).filter(([name]) => !only.has(name));
  const chosen = Object.entries(next.sandboxes).filter(([name]) => only.has(name));
  return { ...next, sandboxes: Object.fromEntries([...kept, ...chosen]) };
}

/** The value of a key that names come into: `constructor` is a name like any other. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
