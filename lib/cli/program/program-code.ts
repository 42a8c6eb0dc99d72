/**
 * The JavaScript of a TypeScript program: from the cache as long as nothing changed, else compiled.
 * The compiler is loaded only in the latter case.
 */
import { ProgramCache } from './cache';
import type { ProgramCompiler } from './compile';
import type { Inputs } from './inputs';
import type * as Compile from './compile';

export class ProgramCode {
  private readonly cache: ProgramCache;
  private outputs: Map<string, string>;
  private inputs: Inputs | undefined;
  private compiler?: ProgramCompiler;
  /** True when there is something that the cache does not hold yet. */
  private dirty = false;

  constructor(
    private readonly projectDir: string,
    private readonly app: string,
    env: Readonly<Record<string, string | undefined>>,
  ) {
    this.cache = new ProgramCache(projectDir, app, env);
    const cached = this.cache.read();
    this.inputs = cached?.inputs;
    this.outputs = new Map(Object.entries(cached?.outputs ?? {}));
  }

  /** The output of a source that has been compiled already. */
  readonly find = (file: string): string | undefined => this.outputs.get(file);

  /**
   * The output of a source.
   *
   * @throws TypeErrors when it, or anything it imports, does not pass the type check
   */
  readonly outputOf = (file: string): string => {
    const known = this.outputs.get(file);
    if (known !== undefined) return known;
    this.compile(file);
    return this.outputs.get(file) ?? '';
  };

  /** Keeps what was compiled for the next run. */
  save(): void {
    if (!this.dirty || !this.inputs) return;
    this.dirty = false;
    this.cache.write({ inputs: this.inputs, outputs: Object.fromEntries(this.outputs) });
  }

  private compile(file: string): void {
    this.compiler ??= this.createCompiler();
    this.compiler.compile(file);
    for (const [source, output] of this.compiler.outputs) this.outputs.set(source, output);
    this.inputs = this.compiler.inputs;
    this.dirty = true;
  }

  private createCompiler(): ProgramCompiler {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- only when it must compile
    const { ProgramCompiler } = require('./compile') as typeof Compile;
    return new ProgramCompiler(this.projectDir, this.app, this.inputs);
  }
}
