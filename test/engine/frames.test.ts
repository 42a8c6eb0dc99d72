import * as fc from 'fast-check';
import { demultiplexer, frameReader, type Channel, type Emit } from '../../lib/engine/frames';
import { frame } from './support/fake-engine';

interface Frame {
  readonly channel: Channel;
  readonly data: Uint8Array;
}

const frames = fc.array(
  fc.record<Frame>({
    channel: fc.constantFrom('stdout', 'stderr'),
    data: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  }),
);

function read(
  reader: (emit: Emit) => (chunk: Buffer) => void,
  sent: readonly Frame[],
  cuts: number[],
) {
  const seen: [Channel, Buffer][] = [];
  const take = reader((channel, data) => seen.push([channel, Buffer.from(data)]));
  let rest = Buffer.concat(sent.map(({ channel, data }) => frame(channel, data)));
  for (const cut of cuts) {
    take(rest.subarray(0, cut));
    rest = rest.subarray(cut);
  }
  take(rest);
  return seen;
}

const said = (seen: readonly (readonly [Channel, Uint8Array])[], channel: Channel) =>
  Buffer.concat(seen.filter(([each]) => each === channel).map(([, data]) => data));

test('a stream is taken apart the same, wherever it is cut', () => {
  fc.assert(
    fc.property(frames, fc.array(fc.nat(60)), (sent, cuts) => {
      const seen = read(demultiplexer, sent, cuts);
      const expected = sent.map(({ channel, data }) => [channel, data] as const);
      expect(said(seen, 'stdout')).toEqual(said(expected, 'stdout'));
      expect(said(seen, 'stderr')).toEqual(said(expected, 'stderr'));
    }),
  );
});

test('frames are given whole, and in their order, wherever the stream is cut', () => {
  fc.assert(
    fc.property(frames, fc.array(fc.nat(60)), (sent, cuts) => {
      expect(read(frameReader, sent, cuts)).toEqual(
        sent.map(({ channel, data }) => [channel, Buffer.from(data)]),
      );
    }),
  );
});

test('half a frame at the end is given part by part, or not at all', () => {
  const half = frame('stderr', 'whole').subarray(0, 10);
  const parts: string[] = [];
  demultiplexer((_channel, data) => parts.push(data.toString()))(half);
  frameReader(() => parts.push('a frame'))(half);
  expect(parts).toEqual(['wh']);
});
