/** What the options of a logging driver have the engine open on the host: sockets and key files. */
import { readingsOf } from './interpolate';
import { recordOf } from './values';

const ADDRESSES = ['syslog-address', 'fluentd-address'];
const FILES = ['syslog-tls-ca-cert', 'syslog-tls-cert', 'syslog-tls-key', 'splunk-capath'];
/** The engine reads the path of such an address, also after `unix:` alone. */
const UNIX = /^\s*unix(?:gram|packet)?:(?:\/\/[^/]*)?/i;

export interface LogPath {
  /** Path below the service: `logging.options.syslog-address`. */
  readonly property: string;
  readonly use: 'connects to' | 'reads';
  readonly value: unknown;
  readonly readings: readonly string[];
}

export function logPathsOf(logging: unknown): LogPath[] {
  if (logging === undefined) return [];
  const options = recordOf(recordOf(logging).options);
  const found: LogPath[] = [];
  for (const key of ADDRESSES) {
    const sockets = readingsOf(options[key]).filter((text) => UNIX.test(text));
    if (sockets.length === 0) continue;
    const readings = sockets.flatMap((text) => decoded(text.replace(UNIX, '')));
    const property = `logging.options.${key}`;
    found.push({ property, use: 'connects to', value: options[key], readings });
  }
  for (const key of FILES) {
    const readings = readingsOf(options[key]).filter((text) => text !== '');
    if (readings.length === 0) continue;
    found.push({ property: `logging.options.${key}`, use: 'reads', value: options[key], readings });
  }
  return found;
}

/** An address is a URL: `%2e` is a dot. */
function decoded(path: string): string[] {
  try {
    return [path, decodeURIComponent(path)];
  } catch {
    return [path];
  }
}
