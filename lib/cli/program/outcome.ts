/**
 * How running a program ended. The first thing that decides it counts: a program that swallows the
 * error of `app.synth()` has failed all the same.
 */
import type { Assembly } from '../../assembly/assembly';

export class Outcome {
  private submitted?: Assembly;
  private failure?: { readonly error: unknown };
  private decided!: () => void;
  /** Settles once the program has submitted an assembly or failed. */
  private readonly decision = new Promise<void>((resolve) => (this.decided = resolve));

  /** `app.synth()` gave this. */
  submit(assembly: Assembly, twice: () => unknown): void {
    if (this.submitted) {
      this.fail(twice());
      return;
    }
    this.submitted = assembly;
    this.decided();
  }

  fail(error: unknown): void {
    this.failure ??= { error };
    this.decided();
  }

  get isSubmitted(): boolean {
    return this.submitted !== undefined;
  }

  /** Waits for the assembly. @throws what the program failed with */
  async result(): Promise<Assembly> {
    await this.decision;
    // What follows `app.synth()` in the same turn may still throw.
    await new Promise(setImmediate);
    if (this.failure) throw this.failure.error;
    return this.submitted!;
  }
}
