/** Amounts of memory as Compose writes them (Compose specification, "Specifying byte values"). */

const UNITS: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** `undefined` for what is no amount. */
export function bytesOf(value: string | number | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (value === '-1') return -1; // no limit
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([bkmg])?b?$/i.exec(value ?? '') ?? [];
  return amount === undefined ? undefined : Number(amount) * UNITS[unit?.toLowerCase() ?? 'b']!;
}
