import * as fc from 'fast-check';
import { Duration } from '../../lib/core/duration';

const UNITS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

function parse(text: string): number {
  const parts = [...text.matchAll(/(\d+)(h|ms|m|s)/g)];
  expect(parts.map(([part]) => part).join('')).toBe(text);
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit!]!, 0);
}

describe('a duration', () => {
  test('is written as Compose reads it', () => {
    const written = [0, 500, 1_500, 30_000, 90_000, 5_400_000, 3_600_000].map((amount) =>
      Duration.milliseconds(amount).toCompose(),
    );
    expect(written).toEqual(['0s', '500ms', '1s500ms', '30s', '1m30s', '1h30m', '1h']);
  });

  test('loses no millisecond on the way to Compose', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (amount) => {
        expect(parse(Duration.milliseconds(amount).toCompose())).toBe(amount);
      }),
    );
  });

  test('can be given in any unit, also as a fraction that is whole milliseconds', () => {
    expect(Duration.minutes(1.5).toSeconds()).toBe(90);
    expect(Duration.hours(2).toMilliseconds()).toBe(7_200_000);
    fc.assert(
      fc.property(fc.nat(), (amount) => {
        expect(Duration.seconds(amount / 1_000).toMilliseconds()).toBe(amount);
        expect(Duration.minutes(amount / 60_000).toMilliseconds()).toBe(amount);
        expect(Duration.hours(amount / 3_600_000).toMilliseconds()).toBe(amount);
      }),
    );
  });

  test.each([-1, 0.25, NaN, Infinity])('of %p ms is refused with what is allowed', (amount) => {
    expect(() => Duration.milliseconds(amount)).toThrow(
      new RangeError(
        `Duration: received ${amount} ms; allowed is a whole number of milliseconds from 0 to 2^53 - 1`,
      ),
    );
  });

  test('of a ten-thousandth of a second is no rounding error, and refused', () => {
    expect(() => Duration.seconds(0.0001)).toThrow(RangeError);
    expect(() => Duration.seconds(1_000.0001)).toThrow(RangeError);
  });
});
