/** Which files on disk are generated ones: those whose hash the manifest, or the journal, knows. */
import type { Journal } from './journal';
import { own, type Manifest } from './manifest';

export class Ownership {
  constructor(
    private readonly manifest: Manifest | undefined,
    private readonly journal: Journal,
    /** Names of the sandboxes that count. Default: all. */
    private readonly only?: ReadonlySet<string>,
  ) {}

  /** True when a file of this content was generated. */
  isOurs(file: string, hash: string): boolean {
    return this.inManifest(file) === hash || (this.journal.get(file)?.includes(hash) ?? false);
  }

  /** True when a file was generated at this path, whatever it holds by now. */
  knows(file: string): boolean {
    return this.inManifest(file) !== undefined || this.journal.has(file);
  }

  /** Every path at which a file was generated. */
  *files(): Iterable<string> {
    for (const [name, { files }] of Object.entries(this.manifest?.sandboxes ?? {})) {
      if (!this.counts(name)) continue;
      for (const file of Object.keys(files)) yield `${name}/${file}`;
    }
    for (const file of this.journal.keys()) {
      if (this.counts(sandboxOf(file)) && this.inManifest(file) === undefined) yield file;
    }
  }

  private inManifest(file: string): string | undefined {
    if (!this.manifest) return undefined;
    const name = sandboxOf(file);
    const sandbox = own(this.manifest.sandboxes, name);
    return sandbox && own(sandbox.files, file.slice(name.length + 1));
  }

  private counts(sandbox: string): boolean {
    return this.only?.has(sandbox) ?? true;
  }
}

/** The sandbox of a path relative to the output folder. */
export function sandboxOf(file: string): string {
  return file.slice(0, file.indexOf('/'));
}
