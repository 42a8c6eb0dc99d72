/** Tables of differences: two states of a service, and what the difference must be said to mean. */
import type { Effect } from '../../../lib/assembly/diff/change';
import { diffService } from '../../../lib/assembly/diff/service';
import type { Plain } from '../../../lib/assembly/diff/values';

export type Row = [before: Plain, after: Plain, effect: Effect, summary: string];

/**
 * Checks every row, and the way back: what broadens one way narrows the other way.
 *
 * @param incomparable summaries of differences that broaden both ways: somebody has to look
 */
export function checkRows(title: string, rows: Row[], incomparable?: RegExp): void {
  describe(title, () => {
    it.each(rows)('%j → %j %s', (before, after, effect, summary) => {
      const verdicts = [...diffService('agent', before, after)];
      expect(verdicts).toEqual([expect.objectContaining({ effect, summary })]);
    });

    const walls = rows.filter(([, , effect]) => effect !== 'neutral');
    it.each(walls)('%j → %j is never %s both ways', (before, after, effect, summary) => {
      const back = [...diffService('agent', after, before)].map((verdict) => verdict.effect);
      const reverse = effect === 'broadens' ? 'narrows' : 'broadens';
      expect(back).toEqual([incomparable?.test(summary) ? 'broadens' : reverse]);
    });
  });
}
