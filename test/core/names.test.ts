import * as fc from 'fast-check';
import { NAME_PATTERN, suggestName } from '../../lib/core/names';
import { anyText } from './texts';

describe('a name', () => {
  test.each(['a', '0', 'payments', 'team-a_2', 'a'.repeat(63)])('%j is valid', (name) => {
    expect(NAME_PATTERN.test(name)).toBe(true);
  });

  test.each([
    ...['', '-a', '_a', 'A', 'a.b', 'a b', 'a/b', '..', 'ä', 'a\n', 'a'.repeat(64), 'a$b'],
  ])('%j is not valid', (name) => {
    expect(NAME_PATTERN.test(name)).toBe(false);
  });
});

describe('the suggestion for a name', () => {
  test.each([
    ['Payments', 'payments'],
    ['PaymentsTeam', 'payments-team'],
    ['Café Müller', 'cafe-muller'],
    ['--x..y--', 'x-y'],
    ['../../etc/passwd', 'etc-passwd'],
  ])('%j is %j', (received, expected) => {
    expect(suggestName(received)).toBe(expected);
  });

  test.each(['', '...', '日本', '--'])('%j is none when nothing of it can be kept', (received) => {
    expect(suggestName(received)).toBeUndefined();
  });

  test('is always a valid name', () => {
    fc.assert(
      fc.property(anyText, (received) => {
        const suggestion = suggestName(received);
        expect(suggestion === undefined || NAME_PATTERN.test(suggestion)).toBe(true);
      }),
    );
  });
});
