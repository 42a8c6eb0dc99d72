/**
 * Stack traces of compiled programs name the lines of their sources. Nothing is parsed before a
 * stack is read, and most runs read none.
 */
import { SourceMap } from 'node:module';

const INLINE = /^\/\/# sourceMappingURL=data:application\/json;[^,]*base64,(\S+)\s*$/m;

/** V8's hook for writing stack traces; `undefined` for its own way. */
export const stackTraces = Error as {
  prepareStackTrace?: (error: unknown, frames: NodeJS.CallSite[]) => unknown;
};

/**
 * Maps stack frames of the files that `outputOf` knows. Gives back what was there before.
 *
 * @param outputOf the JavaScript that a source file was compiled to, with an inline source map
 */
export function installSourceMaps(outputOf: (file: string) => string | undefined): () => void {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (file: string): SourceMap | undefined => {
    if (!maps.has(file)) maps.set(file, parseMap(outputOf(file)));
    return maps.get(file);
  };
  const before = stackTraces.prepareStackTrace;
  stackTraces.prepareStackTrace = (error, frames) =>
    [header(error), ...frames.map((frame) => `    at ${mapFrame(frame, mapOf)}`)].join('\n');
  return () => {
    stackTraces.prepareStackTrace = before;
  };
}

/** The place in the source of a place in its output, both counted from 1. */
function mapFrame(frame: NodeJS.CallSite, mapOf: (file: string) => SourceMap | undefined): string {
  const text = (frame as { toString(): string }).toString();
  const file = frame.getFileName();
  const line = frame.getLineNumber();
  const column = frame.getColumnNumber();
  const map = file ? mapOf(file) : undefined;
  if (!map || line === null || column === null) return text;
  const entry = map.findEntry(line - 1, column - 1);
  if (!('originalLine' in entry)) return text;
  return text.replace(
    `${file}:${line}:${column}`,
    () => `${file}:${entry.originalLine + 1}:${entry.originalColumn + 1}`,
  );
}

function parseMap(output: string | undefined): SourceMap | undefined {
  const encoded = output && INLINE.exec(output)?.[1];
  if (!encoded) return undefined;
  const payload = JSON.parse(
    Buffer.from(encoded, 'base64').toString('utf8'),
  ) as ConstructorParameters<typeof SourceMap>[0];
  return new SourceMap(payload);
}

/** The first line of a stack, as V8 writes it. */
function header(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}
