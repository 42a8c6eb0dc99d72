/** `security_opt` in all its spellings: `seccomp=unconfined`, `seccomp:unconfined`, `label:disable`. */
import { readingOf } from './interpolate';
import { listOf } from './values';

export interface SecurityOption {
  /** In lower case: `seccomp`. */
  readonly name: string;
  /** In lower case; empty where there is none. */
  readonly value: string;
  /** Its place in the list. */
  readonly index: number;
  /** As written. */
  readonly text: string;
}

/** The options of a service's `security_opt`. */
export function securityOptionsOf(value: unknown): SecurityOption[] {
  return listOf(value).flatMap((item, index) => {
    const text = readingOf(item);
    if (text === undefined) return [];
    const [, name = '', value = ''] = /^\s*([^=:]*?)\s*(?:[=:]\s*([^]*?)\s*)?$/.exec(text) ?? [];
    return [{ name: name.toLowerCase(), value: value.toLowerCase(), index, text }];
  });
}
