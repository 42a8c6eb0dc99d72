import * as fc from 'fast-check';
import { lineSplitter, LogRecords, type LogRecord } from '../../lib/engine/log-records';

const TIME = '2026-01-02T03:04:05.000000001Z';

function records(...frames: (readonly ['stdout' | 'stderr', string | Buffer])[]): LogRecord[] {
  const seen: LogRecord[] = [];
  const reader = new LogRecords((record) => seen.push(record));
  for (const [stream, data] of frames) reader.frame(stream, Buffer.from(data as string));
  reader.end();
  return seen;
}

test('a frame is a line with its time', () => {
  expect(records(['stderr', `${TIME} a b \n`], ['stdout', `${TIME} \n`])).toEqual([
    { stream: 'stderr', time: TIME, text: 'a b ' },
    { stream: 'stdout', time: TIME, text: '' },
  ]);
});

test('a line that the engine cut into pieces is whole again, without the times between them', () => {
  const letter = Buffer.from('ü');
  const later = '2026-01-02T03:04:06.000000000Z';
  expect(
    records(
      ['stdout', Buffer.concat([Buffer.from(`${TIME} gr`), letter.subarray(0, 1)])],
      ['stderr', `${later} between\n`],
      ['stdout', Buffer.concat([Buffer.from(`${later} `), letter.subarray(1), Buffer.from('n\n')])],
    ),
  ).toEqual([
    { stream: 'stderr', time: later, text: 'between' },
    { stream: 'stdout', time: TIME, text: 'grün' },
  ]);
});

test('what has no end yet is a line too', () => {
  expect(records(['stdout', `${TIME} half`])).toEqual([
    { stream: 'stdout', time: TIME, text: 'half' },
  ]);
});

test('a line that has no end is cut, so that it cannot fill the memory', () => {
  const piece = `${TIME} ${'x'.repeat(16_384)}`;
  const seen = records(...Array.from({ length: 100 }, () => ['stdout', piece] as const));
  expect(seen.length).toBe(2);
  expect(seen.map(({ text }) => text.length).reduce((a, b) => a + b)).toBe(100 * 16_384);
});

test('words of the engine itself have the time of the line before', () => {
  const seen = records(['stdout', `${TIME} a\n`], ['stderr', 'Error grabbing logs: EOF\n']);
  expect(seen[1]).toEqual({ stream: 'stderr', time: TIME, text: 'Error grabbing logs: EOF' });
});

test.each([
  ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000000000Z'],
  ['2026-01-02T03:04:05.5Z', '2026-01-02T03:04:05.500000000Z'],
  ['2026-01-02T03:04:05.123456789+02:00', '2026-01-02T01:04:05.123456789Z'],
  ['2026-01-02T03:04:05.1-05:30', '2026-01-02T08:34:05.100000000Z'],
])('the time %s is %s, so that times compare as texts', (given, time) => {
  expect(records(['stdout', `${given} x\n`])).toEqual([{ stream: 'stdout', time, text: 'x' }]);
});

test('a time that an agent writes is text', () => {
  expect(records(['stdout', `${TIME} 2020-01-01T00:00:00Z forged\n`])[0]).toEqual({
    stream: 'stdout',
    time: TIME,
    text: '2020-01-01T00:00:00Z forged',
  });
});

test('whatever is written comes out line by line as it was', () => {
  const line = fc.string({ unit: 'binary' }).map((text) => text.replace(/[\n\r]/g, ''));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 10 }), (lines) => {
      const frames = lines.map((text) => ['stdout', `${TIME} ${text}\n`] as const);
      // Half of a surrogate pair is no character of UTF-8.
      const expected = lines.map((text) => Buffer.from(text).toString());
      expect(records(...frames).map(({ text }) => text)).toEqual(expected);
    }),
  );
});

test('a stream without frames is split at its line ends, wherever it is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', '\n', 'ü')).map((parts) => Buffer.from(parts.join(''))),
      fc.array(fc.integer({ min: 1, max: 5 })),
      (bytes, cuts) => {
        const seen: string[] = [];
        const splitter = lineSplitter((each) => seen.push(each.toString()));
        let rest = bytes;
        for (const cut of cuts) {
          splitter.write(rest.subarray(0, cut));
          rest = rest.subarray(cut);
        }
        splitter.write(rest);
        splitter.end();
        expect(seen.join('')).toBe(bytes.toString());
        for (const each of seen.slice(0, -1)) expect(each).toMatch(/^[^\n]*\n$/);
      },
    ),
  );
});
