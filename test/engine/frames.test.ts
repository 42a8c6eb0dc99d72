import * as fc from 'fast-check';
import { demultiplexer } from '../../lib/engine/frames';

interface Frame {
  readonly channel: 'stdout' | 'stderr';
  readonly data: Uint8Array;
}

const frame = fc.record<Frame>({
  channel: fc.constantFrom('stdout', 'stderr'),
  data: fc.uint8Array({ minLength: 1, maxLength: 40 }),
});

/** As the engine writes it: channel, three zeros, length with the big end first, data. */
function encode({ channel, data }: Frame): Buffer {
  const header = Buffer.from([channel === 'stderr' ? 2 : 1, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(data.length, 4);
  return Buffer.concat([header, data]);
}

function said(frames: readonly Frame[], channel: Frame['channel']): Buffer {
  return Buffer.concat(frames.filter((each) => each.channel === channel).map(({ data }) => data));
}

test('a stream is taken apart the same, wherever it is cut', () => {
  fc.assert(
    fc.property(fc.array(frame), fc.array(fc.nat(60)), (frames, cuts) => {
      const seen: Record<Frame['channel'], Buffer[]> = { stdout: [], stderr: [] };
      const read = demultiplexer((channel, data) => seen[channel].push(Buffer.from(data)));
      let rest = Buffer.concat(frames.map(encode));
      for (const cut of cuts) {
        read(rest.subarray(0, cut));
        rest = rest.subarray(cut);
      }
      read(rest);
      expect(Buffer.concat(seen.stdout)).toEqual(said(frames, 'stdout'));
      expect(Buffer.concat(seen.stderr)).toEqual(said(frames, 'stderr'));
    }),
  );
});
