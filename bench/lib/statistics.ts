// The few statistics that hold on a noisy machine: the median, the extremes, and ratios formed within
// one round, where both programs met the same conditions.
import type { Series } from './measure';

/** The middle value; of an even number of values, the mean of the middle two. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The arithmetic mean. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How many times as long as `other` `series` takes: the median of the ratios of each round. */
export function ratio(series: Series, other: Series): number {
  return median(series.milliseconds.map((time, round) => time / other.milliseconds[round]!));
}

/** How much longer than `other` `series` takes, in milliseconds: the median of the differences of each round. */
export function difference(series: Series, other: Series): number {
  return median(series.milliseconds.map((time, round) => time - other.milliseconds[round]!));
}
