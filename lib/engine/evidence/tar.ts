/** Reads a tar archive as the engine writes it (POSIX.1-1988 ustar, with names short enough for it). */

export interface TarEntry {
  readonly name: string;
  readonly type: 'file' | 'other';
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
  readonly content: Buffer;
}

const BLOCK = 512;

export function readTar(archive: Buffer): readonly TarEntry[] {
  const entries: TarEntry[] = [];
  for (let at = 0; at + BLOCK <= archive.length;) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const size = octal(header, 124, 12);
    const content = archive.subarray(at + BLOCK, at + BLOCK + size);
    const type = header[156];
    entries.push({
      name: text(header, 0, 100),
      type: type === 0 || type === 0x30 ? 'file' : 'other',
      uid: octal(header, 108, 8),
      gid: octal(header, 116, 8),
      mode: octal(header, 100, 8) & 0o7777,
      content,
    });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

function text(header: Buffer, at: number, length: number): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
}

function octal(header: Buffer, at: number, length: number): number {
  return parseInt(text(header, at, length).trim() || '0', 8);
}
