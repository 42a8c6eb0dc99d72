/** The short syntax of volumes, `source:target:options`, split as Compose splits it. */
import { isInHome, isWindowsPath } from './canonical-path';
import { UNKNOWN } from './interpolate';

export interface ShortVolume {
  /** A host path or the name of a volume; nothing for an anonymous volume. */
  readonly source?: string;
  readonly target: string;
  readonly options: readonly string[];
}

/** Splits `source:target:options`. The colon after a single letter belongs to a Windows path. */
export function parseShortVolume(text: string): ShortVolume {
  const parts: string[] = [];
  for (const part of text.split(':')) {
    const drive = parts.at(-1);
    if (drive !== undefined && /^[A-Za-z]$/.test(drive))
      parts[parts.length - 1] = `${drive}:${part}`;
    else parts.push(part);
  }
  // What a variable holds may have colons of its own; then it is the source that matters.
  if (parts.length === 1 && !text.startsWith(UNKNOWN)) return { target: text, options: [] };
  const [source, target = '', options = ''] = parts;
  return { source, target, options: options.split(',') };
}

/** True for a host path, false for the name of a volume. */
export function isHostPath(source: string): boolean {
  return (
    /^[./]/.test(source) || source.startsWith(UNKNOWN) || isInHome(source) || isWindowsPath(source)
  );
}
