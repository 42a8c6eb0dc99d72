import * as fc from 'fast-check';
import { Size } from '../../lib/core/size';

const UNITS: Record<string, number> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
const bytes = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

describe('a size', () => {
  test('is written in the largest unit that is exact', () => {
    const written = [0, 100, 1024, 65_536, 512 * 1024 ** 2, 4 * 1024 ** 3].map((amount) =>
      Size.bytes(amount).toCompose(),
    );
    expect(written).toEqual(['0b', '100b', '1k', '64k', '512m', '4g']);
  });

  test('loses no byte on the way to Compose', () => {
    fc.assert(
      fc.property(bytes, (amount) => {
        const [, number, unit] = /^(\d+)([bkmg])$/.exec(Size.bytes(amount).toCompose())!;
        expect(Number(number) * UNITS[unit!]!).toBe(amount);
      }),
    );
  });

  test('can be given in any unit, also as a fraction that is whole bytes', () => {
    expect(Size.gibibytes(0.5).toMebibytes()).toBe(512);
    expect(Size.mebibytes(1.5).toBytes()).toBe(1_572_864);
    expect(Size.kibibytes(64).toString()).toBe('64k');
  });

  test('is the same from every unit it is exact in', () => {
    fc.assert(
      fc.property(fc.nat(), (amount) => {
        expect(Size.kibibytes(amount / 1024).toBytes()).toBe(amount);
        expect(Size.gibibytes(amount / 1024 ** 3).toBytes()).toBe(amount);
      }),
    );
  });

  test.each([-1, 0.5, NaN, Infinity, 2 ** 53])(
    'of %p bytes is refused with what is allowed',
    (amount) => {
      expect(() => Size.bytes(amount)).toThrow(
        new RangeError(
          `Size: received ${amount} bytes; allowed is a whole number of bytes from 0 to 2^53 - 1`,
        ),
      );
    },
  );
});
