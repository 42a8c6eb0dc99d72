/** Every path of the host that a document refers to, whatever for: mounted, built from, read, watched. */
import type { ComposeDocument, ServiceDocument } from '../compose/generated/document';
import { canonicalPath } from './canonical-path';
import { hostSource, type HostSource } from './host-source';
import type { HostPaths } from './host-paths';
import { readingOf } from './interpolate';
import type { Mount } from './mounts';
import { entriesOf, isRecord, keywordOf, listOf, recordOf, textOf } from './values';

export interface HostReference {
  /** Path in the document: `services.agent.volumes.0`. */
  readonly property: string;
  /** What is done with it, as the verb of a message. */
  readonly use: 'mounts' | 'builds from' | 'reads' | 'watches' | 'attaches';
  readonly source: HostSource;
}

/** Contexts that are no path of this host. */
const REMOTE = /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/|(?:service|target):)/i;
const OCI_LAYOUT = 'oci-layout://';

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
  const add = (property: string, use: HostReference['use'], value: unknown) => {
    if (value === undefined || value === null || value === '') return;
    found.push({ property: `${at}.${property}`, use, source: hostSource(value, paths) });
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
  return found;
}

type Add = (property: string, use: HostReference['use'], value: unknown) => void;

function buildReferences(value: unknown, add: Add): void {
  const build = isRecord(value) ? value : { context: value };
  const context = build.context;
  if (!REMOTE.test(textOf(context) ?? '')) add('build.context', 'builds from', context);
  for (const { key, value: context } of entriesOf(build.additional_contexts)) {
    const text = readingOf(context) ?? '';
    const property = `build.additional_contexts.${key}`;
    if (text.startsWith(OCI_LAYOUT)) add(property, 'builds from', text.slice(OCI_LAYOUT.length));
    else if (!REMOTE.test(text)) add(property, 'builds from', context);
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

/** Types of the local driver whose device is no path of this host. */
const NOT_LOCAL = new Set(['tmpfs', 'nfs', 'nfs4', 'cifs', 'smb3']);
const OVERLAY = /(?:^|,)\s*(?:lowerdir|upperdir|workdir)=([^,]*)/g;

/** The host paths behind a named volume: `type: none, o: bind, device: /home/x`, or an overlay. */
export function volumeSources(
  volume: Readonly<Record<string, unknown>>,
  paths: HostPaths,
): HostSource[] {
  const options = recordOf(volume.driver_opts);
  const { device, o } = options;
  if (device === undefined && o === undefined) return [];
  if (NOT_LOCAL.has(keywordOf(options.type) ?? '')) return [];
  const found: HostSource[] = [];
  if (device !== undefined) found.push(diskOf(hostSource(device, paths)));
  for (const [, folders] of (readingOf(o) ?? '').matchAll(OVERLAY)) {
    for (const folder of folders!.split(':')) found.push(hostSource(folder, paths));
  }
  return found;
}

/** A volume on a device is the file system of a disk of this host. */
function diskOf(source: HostSource): HostSource {
  const onDisk = source.resolved.some((path) => canonicalPath(path)[0] === 'dev');
  if (!onDisk) return source;
  const what = 'the file system of a disk of the host';
  return { ...source, verdict: { kind: 'root', relation: 'is', place: '/dev', what } };
}
