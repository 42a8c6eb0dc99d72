/** Amounts of bytes as Compose writes them: `512m`, `4gb`, `1.5GiB`, 1073741824. */
import { EnvRef } from '../core/env-ref';
import { textOf } from './values';

const AMOUNT = /^(\d+(?:\.\d+)?)\s*([kmgtp]?)i?b?$/i;
const POWER: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4, p: 5 };

/** The bytes, or `undefined` for what is no amount (also for negative ones). */
export function bytesOf(value: unknown): number | undefined {
  const match = AMOUNT.exec(textOf(value)?.trim() ?? '');
  if (!match) return undefined;
  return Number(match[1]) * 1024 ** POWER[match[2]!.toLowerCase()]!;
}

/** True when both are the same amount, whatever the environment says. */
export function isSameAmount(a: unknown, b: unknown): boolean {
  if (EnvRef.is(a) || EnvRef.is(b)) return String(a) === String(b);
  const bytes = bytesOf(a);
  return bytes !== undefined && bytes === bytesOf(b);
}
