/**
 * Everything that appears in a container at a path of its own: bind mounts in long and short
 * syntax, named volumes (also those that are binds in disguise), tmpfs, secrets and configs. Rules
 * about mounts read this one list and nothing else.
 */
import type { ServiceDocument } from '../compose/generated/document';
import { EnvRef } from '../core/env-ref';
import { containerPath } from './container-path';
import { hostSource, type HostSource } from './host-source';
import type { HostPaths } from './host-paths';
import { readingOf, readingsOf } from './interpolate';
import { isRecord, isTrue, keywordOf, listOf, mayBeTrue, recordOf, textOf } from './values';
import { isHostPath, parseShortVolume } from './volume-syntax';

export type MountType = 'bind' | 'volume' | 'tmpfs' | 'image' | 'grant';

export interface Mount {
  /** Path below the service: `volumes.0`. */
  readonly property: string;
  readonly type: MountType;
  /** The host path of a bind, also of a named volume that is one. */
  readonly source?: HostSource;
  /** Name of a volume; nothing for an anonymous one. */
  readonly volume?: string;
  /** Reference of an image whose files are mounted. */
  readonly image?: string;
  /** Canonical path inside the container, where it can be known. */
  readonly target?: string;
  readonly writable: boolean;
  /** True when the engine makes a missing source, as root. */
  readonly createsSource: boolean;
  readonly propagation?: string;
  readonly tmpfs?: TmpfsOptions;
}

export interface TmpfsOptions {
  readonly size?: unknown;
  readonly inodes?: string;
  /** All options in lower case, as written. */
  readonly options: readonly string[];
}

/** The host path behind a named volume of the document, where it is a bind. */
export type VolumeSource = (name: string) => HostSource | undefined;

/** All mounts of a service, in the order in which they stand in the document. */
export function mountsOf(
  service: ServiceDocument,
  paths: HostPaths,
  volumeSource: VolumeSource,
): Mount[] {
  const mounts: Mount[] = [];
  for (const [index, value] of listOf(service.volumes).entries()) {
    const property = `volumes.${index}`;
    const mount = isRecord(value)
      ? longMount(value, property, paths)
      : shortMount(value, property, paths);
    const disguised =
      mount.type === 'volume' && mount.volume !== undefined && volumeSource(mount.volume);
    mounts.push(disguised ? { ...mount, type: 'bind', source: disguised } : mount);
  }
  for (const [index, value] of listOf(service.tmpfs).entries()) {
    const property = Array.isArray(service.tmpfs) ? `tmpfs.${index}` : 'tmpfs';
    mounts.push(shortTmpfs(value, property));
  }
  grants(service.secrets, 'secrets', '/run/secrets', mounts);
  grants(service.configs, 'configs', '', mounts);
  return mounts;
}

function longMount(
  value: Readonly<Record<string, unknown>>,
  property: string,
  paths: HostPaths,
): Mount {
  const type = longType(value);
  const bind = recordOf(value.bind);
  const readOnly = isTrue(value.read_only) && keywordOf(bind.recursive) !== 'writable';
  const base = {
    property,
    type,
    target: containerPath(readingOf(value.target)),
    writable: !readOnly && type !== 'image',
    createsSource: type === 'bind' && isCreating(bind),
  };
  switch (type) {
    case 'bind':
      return {
        ...base,
        source: hostSource(value.source, paths),
        propagation:
          bind.propagation === undefined ? undefined : (keywordOf(bind.propagation) ?? ''),
      };
    case 'tmpfs':
      return { ...base, tmpfs: { size: recordOf(value.tmpfs).size, options: [] } };
    case 'image':
      return { ...base, image: readingOf(value.source) };
    default:
      return { ...base, volume: readingOf(value.source) };
  }
}

/** Of an unknown type only the source tells; a path is then taken for a bind. */
function longType({ type, source }: Readonly<Record<string, unknown>>): MountType {
  const word = typeof type === 'string' ? keywordOf(type) : undefined;
  if (word === 'tmpfs' || word === 'image') return word;
  if (word === 'volume' || word === 'cluster') {
    // The engine takes a path here too, and binds it.
    return readingsOf(source).some(isHostPath) ? 'bind' : 'volume';
  }
  return source === undefined ? 'volume' : 'bind';
}

function isCreating({ create_host_path: create }: Readonly<Record<string, unknown>>): boolean {
  return create === undefined || mayBeTrue(create);
}

const PROPAGATION = /^r?(?:private|shared|slave)$/;

function shortMount(value: unknown, property: string, paths: HostPaths): Mount {
  const readings = readingsOf(value);
  const parsed = readings.map(parseShortVolume);
  // The last reading is the one with defaults only.
  const { source, target = '', options = [] } = parsed.at(-1) ?? {};
  const words = options.map((option) => option.trim().toLowerCase());
  const sources = parsed.map((one) => one.source ?? '');
  // A variable can hold a path even where its default names a volume.
  const isBind = EnvRef.is(value) || sources.some(isHostPath);
  return {
    property,
    type: isBind ? 'bind' : 'volume',
    ...(isBind ? { source: hostSource(value, paths, sources) } : { volume: source }),
    target: containerPath(target),
    writable: words.lastIndexOf('ro') <= words.lastIndexOf('rw'),
    createsSource: isBind,
    propagation: words.find((word) => PROPAGATION.test(word)),
  };
}

function shortTmpfs(value: unknown, property: string): Mount {
  const text = readingOf(value) ?? '';
  const colon = text.indexOf(':');
  const target = colon < 0 ? text : text.slice(0, colon);
  const options =
    colon < 0
      ? []
      : text
          .slice(colon + 1)
          .toLowerCase()
          .split(',');
  const option = (name: string) =>
    options.findLast((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
  return {
    property,
    type: 'tmpfs',
    target: containerPath(target),
    writable: options.lastIndexOf('ro') <= options.lastIndexOf('rw'),
    createsSource: false,
    tmpfs: { size: option('size'), inodes: option('nr_inodes'), options },
  };
}

function grants(value: unknown, key: string, folder: string, mounts: Mount[]): void {
  for (const [index, item] of listOf(value).entries()) {
    const { source, target } = isRecord(item) ? item : { source: item, target: undefined };
    const name = textOf(target) ?? textOf(source) ?? '';
    mounts.push({
      property: `${key}.${index}`,
      type: 'grant',
      target: containerPath(name.startsWith('/') ? name : `${folder}/${name}`),
      writable: false,
      createsSource: false,
    });
  }
}
