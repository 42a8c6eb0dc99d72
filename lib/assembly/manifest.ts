/** manifest.json: what was written, by hash, so that a later run knows its own files. */
import { createHash } from 'node:crypto';
import type { DataClassification, Level } from '../core/sandbox';

export const MANIFEST_FILE = 'manifest.json';
export const MANIFEST_FORMAT = 1;

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

/** The sha256 of a text in hexadecimal. Many sandboxes share the very same files. */
export function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The manifest as it is written: stable, and readable in a review. */
export function serializeManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
