/** What validating a sandbox found, as it is told, written and stored. */
import type { Judgement, Verdict } from './verdict';

export interface SandboxReport {
  readonly sandbox: string;
  /** The Compose project that it runs as. */
  readonly project: string;
  /** True when no wall is broken or unproven, but for what was accepted with a reason. */
  readonly isProven: boolean;
  readonly services: readonly ServiceReport[];
}

export interface ServiceReport {
  readonly service: string;
  /** One for each probe, in the order of docs/THREATS.md. */
  readonly results: readonly WallResult[];
}

export interface WallResult {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly evidence: string;
  readonly fix: string;
  /** Why it may be unproven: the reason given with `--allow-unproven`. */
  readonly allowed?: string;
  /** What the program acknowledged that explains why it is broken. */
  readonly accepted?: readonly Acceptance[];
}

export interface Acceptance {
  readonly rule: string;
  readonly reason: string;
}

/** What was judged of a wall, with what makes it pass all the same: each only where it applies. */
export function wallResult(
  { id, title, fix }: Pick<WallResult, 'id' | 'title' | 'fix'>,
  { verdict, evidence }: Judgement,
  allowed: string | undefined,
  accepted: readonly Acceptance[],
): WallResult {
  return {
    id,
    title,
    verdict,
    evidence,
    fix,
    ...(verdict === 'unproven' && allowed !== undefined && { allowed }),
    ...(verdict === 'broken' && accepted.length > 0 && { accepted }),
  };
}

/** True when no wall of the services fails. */
export function areProven(services: readonly ServiceReport[]): boolean {
  return services.every(({ results }) => !results.some(isFailure));
}

/** True for a result that makes the answer no. */
export function isFailure({ verdict, allowed, accepted }: WallResult): boolean {
  if (verdict === 'broken') return accepted === undefined;
  return verdict === 'unproven' && allowed === undefined;
}
