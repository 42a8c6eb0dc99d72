/** Times as people give them: how long ago, or an RFC 3339 time. */
import { usageError } from './exit-code';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const RFC_3339 = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/**
 * Seconds since the epoch.
 *
 * @throws CommandError for what is neither
 */
export function parseSince(text: string, now: number): number {
  const [, amount, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (amount !== undefined) return now / 1000 - Number(amount) * SECONDS[unit!]!;
  const time = RFC_3339.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(time)) return time / 1000;
  throw usageError(
    'USAGE',
    `received --since ${text}; allowed are how long ago (90s, 10m, 2h, 1d) and an RFC 3339 time (2026-01-31T12:00:00Z)`,
  );
}
