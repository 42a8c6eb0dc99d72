/** Every path of the host that a document refers to, whatever for: mounted, built from, read, watched. */
import type { ComposeDocument, ServiceDocument } from '../compose/generated/document';
import { cachePaths, cachesOf, contextsOf } from './build-contexts';
import { hostSource, type HostSource } from './host-source';
import type { HostPaths } from './host-paths';
import { readingOf } from './interpolate';
import { logPathsOf } from './log-paths';
import type { Mount } from './mounts';
import { entriesOf, isRecord, listOf, recordOf } from './values';
import { volumeSources } from './volume-sources';

export interface HostReference {
  /** Path in the document: `services.agent.volumes.0`. */
  readonly property: string;
  /** What is done with it, as the verb of a message. */
  readonly use:
    'mounts' | 'builds from' | 'reads' | 'writes to' | 'connects to' | 'watches' | 'attaches';
  readonly source: HostSource;
}

/** What one service refers to. `at` is the service's own path in the document. */
export function serviceReferences(
  service: ServiceDocument,
  at: string,
  mounts: readonly Mount[],
  paths: HostPaths,
): HostReference[] {
  const found: HostReference[] = [];
  for (const { type, property, source, volume } of mounts) {
    // A named volume is reported where it is defined.
    if (type === 'bind' && source && volume === undefined) {
      found.push({ property: `${at}.${property}`, use: 'mounts', source });
    }
  }
  const add: Add = (property, use, value, readings) => {
    if (value === undefined || value === null || value === '') return;
    const source = hostSource(value, paths, readings);
    found.push({ property: `${at}.${property}`, use, source });
  };
  if (service.build !== undefined) buildReferences(service.build, add);
  pathList(service.env_file, 'env_file', add);
  pathList(service.label_file, 'label_file', add);
  add('credential_spec.file', 'reads', recordOf(service.credential_spec).file);
  add('extends.file', 'reads', recordOf(service.extends).file);
  for (const [index, watch] of listOf(recordOf(service.develop).watch).entries()) {
    add(`develop.watch.${index}.path`, 'watches', recordOf(watch).path);
  }
  for (const [index, device] of listOf(service.devices).entries()) {
    const source = isRecord(device) ? device.source : readingOf(device)?.split(':')[0];
    add(`devices.${index}`, 'attaches', source);
  }
  for (const { property, use, value, readings } of logPathsOf(service.logging)) {
    add(property, use, value, readings);
  }
  return found;
}

type Add = (
  property: string,
  use: HostReference['use'],
  value: unknown,
  readings?: readonly string[],
) => void;

const CACHES = [
  ['cache_from', 'reads'],
  ['cache_to', 'writes to'],
] as const;

function buildReferences(value: unknown, add: Add): void {
  for (const { property, value: context, remote, paths } of contextsOf(value)) {
    if (!remote) add(property, 'builds from', context, paths);
  }
  const build = recordOf(value);
  for (const [key, use] of CACHES) {
    for (const { index, value: cache } of cachesOf(build[key])) {
      add(`build.${key}.${index}`, use, cache, cachePaths(cache));
    }
  }
  for (const { key, value: socket } of entriesOf(build.ssh)) {
    add(`build.ssh.${key}`, 'reads', socket);
  }
}

function pathList(value: unknown, key: string, add: Add): void {
  for (const [index, item] of listOf(value).entries()) {
    const property = Array.isArray(value) ? `${key}.${index}` : key;
    add(property, 'reads', isRecord(item) ? item.path : item);
  }
}

/** What volumes, secrets, configs and includes of the document refer to. */
export function documentReferences(document: ComposeDocument, paths: HostPaths): HostReference[] {
  const found: HostReference[] = [];
  for (const [name, volume] of Object.entries(recordOf(document.volumes))) {
    for (const source of volumeSources(recordOf(volume), paths)) {
      found.push({ property: `volumes.${name}.driver_opts`, use: 'mounts', source });
    }
  }
  for (const section of ['secrets', 'configs'] as const) {
    for (const [name, entry] of Object.entries(recordOf(document[section]))) {
      const { file } = recordOf(entry);
      if (file === undefined) continue;
      const source = hostSource(file, paths);
      found.push({ property: `${section}.${name}.file`, use: 'reads', source });
    }
  }
  return found;
}
