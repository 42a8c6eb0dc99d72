/** Capabilities in their many spellings: `all`, `CAP_NET_RAW`, `net_raw`. */
import { keywordOf, listOf } from './values';

/** Those that open nothing by themselves. An unknown one is not among them. */
const HARMLESS = new Set([
  'AUDIT_WRITE',
  'BLOCK_SUSPEND',
  'FSETID',
  'IPC_LOCK',
  'KILL',
  'LEASE',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'SYS_NICE',
  'SYS_PACCT',
  'WAKE_ALARM',
]);

/** The names in upper case, without `CAP_`. */
export function capabilitiesOf(value: unknown): string[] {
  return listOf(value).map((item) => (keywordOf(item) ?? '').toUpperCase().replace(/^CAP_/, ''));
}

export function isHarmless(name: string): boolean {
  return HARMLESS.has(name);
}
