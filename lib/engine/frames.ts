/**
 * The engine's stream format: what a program says on its two channels, over one connection. Each
 * frame has a header of 8 bytes: the channel, three zeros, and the length as 32 bits, big end first.
 */

export type Channel = 'stdout' | 'stderr';
export type Emit = (channel: Channel, data: Buffer) => void;

const STDERR = 2;
const HEADER = 8;

/** Gives on what comes as it comes: a frame may be given in several parts. */
export function demultiplexer(emit: Emit): (chunk: Buffer) => void {
  let header = Buffer.alloc(0);
  let channel: Channel = 'stdout';
  let left = 0;
  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0) {
      if (left > 0) {
        const data = rest.subarray(0, left);
        left -= data.length;
        rest = rest.subarray(data.length);
        emit(channel, data);
        continue;
      }
      const missing = HEADER - header.length;
      header = Buffer.concat([header, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      if (header.length < HEADER) return;
      channel = channelOf(header);
      left = header.readUInt32BE(4);
      header = Buffer.alloc(0);
    }
  };
}

/** Gives on whole frames: the engine puts each record of a log into one of its own. */
export function frameReader(emit: Emit): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let at = 0;
    while (rest.length - at >= HEADER) {
      const end = at + HEADER + rest.readUInt32BE(at + 4);
      if (end > rest.length) break;
      emit(channelOf(rest.subarray(at)), rest.subarray(at + HEADER, end));
      at = end;
    }
    rest = rest.subarray(at);
  };
}

function channelOf(header: Buffer): Channel {
  return header[0] === STDERR ? 'stderr' : 'stdout';
}
