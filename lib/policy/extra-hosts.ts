/** Host names that a service or its build adds, in all their spellings. */
import type { ServiceDocument } from '../compose/generated/document';
import { readingOf } from './interpolate';
import { isRecord, listOf, recordOf } from './values';

export interface ExtraHost {
  /** In lower case, without a final dot. */
  readonly name: string;
  /** In lower case. */
  readonly address: string;
  /** Path below the service. */
  readonly property: string;
}

const NONE: readonly ExtraHost[] = [];

/** `name:address`, `name=address` or `{ name: address }`, of the service and of its build. */
export function extraHostsOf(service: ServiceDocument): readonly ExtraHost[] {
  const build = recordOf(service.build).extra_hosts;
  if (service.extra_hosts === undefined && build === undefined) return NONE;
  return [...hostsOf(service.extra_hosts, 'extra_hosts'), ...hostsOf(build, 'build.extra_hosts')];
}

function hostsOf(value: unknown, at: string): ExtraHost[] {
  if (isRecord(value)) {
    return Object.entries(value).flatMap(([name, addresses]) =>
      listOf(addresses).map((address) => hostOf(name, readingOf(address), `${at}.${name}`)),
    );
  }
  return listOf(value).map((item, index) => {
    const [, name = '', address = ''] = /^([^=:]*)[=:]?([^]*)$/.exec(readingOf(item) ?? '') ?? [];
    return hostOf(name, address, `${at}.${index}`);
  });
}

function hostOf(name: string, address: string | undefined, property: string): ExtraHost {
  return {
    name: name.trim().toLowerCase().replace(/\.$/, ''),
    address: (address ?? '').trim().toLowerCase(),
    property,
  };
}
