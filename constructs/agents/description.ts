/** What is said of an agent; the same for those that come with this package and for a user's own. */
import type { EnvRef } from '../../lib/core/env-ref';

export interface AgentDescription {
  /** Lower-case letters, digits, `-` and `_`: it can be the name of a service. */
  readonly name: string;
  /** For people. Letters, digits, spaces and `._-`. Default: the name. */
  readonly title?: string;
  /** What starts it, as program and arguments. */
  readonly command: readonly string[];
  /** npm package to exact version; installed globally, without install scripts. Default: none. */
  readonly npmPackages?: Readonly<Record<string, string>>;
  /** Debian packages that it calls. Default: none. */
  readonly debianPackages?: readonly string[];
  /** Python package to exact version; installed from wheels only. Default: none. */
  readonly pythonPackages?: Readonly<Record<string, string>>;
  /** Smallest major version of Node.js that it runs on. Default: it does not run on Node.js. */
  readonly nodeVersion?: number;
  /**
   * Native programs that its npm packages hold: program name to path below `node_modules`, with
   * `*` where the architecture stands. Default: none.
   */
  readonly programs?: Readonly<Record<string, string>>;
  /** A start at build time, for a program that unpacks itself when it first runs. Default: none. */
  readonly firstRun?: {
    readonly program: string;
    readonly arguments: readonly string[];
    readonly environment: Readonly<Record<string, string>>;
  };
  /** Folders below the home folder that it expects; the home is empty at every start. Default: none. */
  readonly homeFolders?: readonly string[];
  /** Environment variables of its service; never a secret. Default: none. */
  readonly environment?: Readonly<Record<string, string | EnvRef>>;
  /** Text of settings files, by absolute path in the image; root's, read-only. Default: none. */
  readonly files?: Readonly<Record<string, string>>;
}
