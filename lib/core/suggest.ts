/** "Did you mean": the closest of the allowed names to what was typed. */

/**
 * Gives the allowed name closest to the received one, or `undefined` when none is close enough
 * to be a likely misspelling (more than a third of its letters differ) or the start of it.
 */
export function closest(received: string, allowed: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.floor(Math.max(received.length, 3) / 3) + 1;
  for (const candidate of allowed) {
    const distance = editDistance(received.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best ?? allowed.find((candidate) => received.length > 2 && candidate.startsWith(received));
}

/**
 * Edits from one word to the other (optimal string alignment: a swap of neighbours is one edit),
 * given up as `limit` once there can only be more.
 */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row++) {
    const above = rows[row - 1]!;
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let edits = Math.min(
        above[column - 1]! + (same ? 0 : 1),
        above[column]! + 1,
        current[column - 1]! + 1,
      );
      if (!same && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        edits = Math.min(edits, rows[row - 2]![column - 2]! + 1);
      }
      current.push(edits);
    }
    rows.push(current);
  }
  return rows[a.length]![b.length]!;
}
