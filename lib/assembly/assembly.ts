/** The output of synthesis, complete and in memory: nothing is written before it is whole. */
import type { ComposeDocument } from '../compose/generated/document';
import type { Finding } from '../core/finding';
import type { Level } from '../core/sandbox';
import type { Accepted } from '../policy/evaluate';
import type { Manifest } from './manifest';

export interface SandboxAssembly {
  readonly name: string;
  readonly level: Level;
  readonly document: ComposeDocument;
  /** Content by path relative to the sandbox's folder, in the order in which a person reads them. */
  readonly files: ReadonlyMap<string, string>;
}

export interface Assembly {
  readonly sandboxes: readonly SandboxAssembly[];
  readonly manifest: Manifest;
  /** What is left to say: warnings and notes (errors stop synthesis), and what was accepted. */
  readonly findings: readonly Finding[];
  readonly accepted: readonly Accepted[];
  /** Absolute path of the output folder. */
  readonly folder: string;
}
