/** The host paths behind a named volume: `type: none, o: bind, device: /home/x`, or an overlay. */
import { EnvRef } from '../core/env-ref';
import { canonicalPath } from './canonical-path';
import { hostSource, type HostSource } from './host-source';
import type { HostPaths } from './host-paths';
import { readingOf } from './interpolate';
import { keywordOf, recordOf, textOf } from './values';

/** Types of the local driver whose device is no path of this host. */
const NOT_LOCAL = new Set(['tmpfs', 'nfs', 'nfs4', 'cifs', 'smb3']);
/** Options with which the kernel takes the device for a path and ignores the type. */
const IGNORES_TYPE = new Set(['bind', 'rbind', 'move', 'remount']);
const TMPFS_DEVICES = new Set(['tmpfs', 'none', '']);
const OVERLAY = /(?:^|,)\s*(?:lowerdir|upperdir|workdir)=([^,]*)/g;

/** Every host path that a volume may stand for; the first one is what it binds. */
export function volumeSources(
  volume: Readonly<Record<string, unknown>>,
  paths: HostPaths,
): HostSource[] {
  const options = recordOf(volume.driver_opts);
  const { device, o, type } = options;
  const found: HostSource[] = [];
  if (device !== undefined && !isElsewhere(options)) {
    found.push(diskOf(hostSource(device, paths)));
  }
  for (const [, folders] of (readingOf(o) ?? '').matchAll(OVERLAY)) {
    for (const folder of folders!.split(':')) found.push(hostSource(folder, paths));
  }
  // A variable in either can turn any device into a bind; it is no path itself.
  for (const value of [type, o]) if (EnvRef.is(value)) found.push(hostSource(value, paths, []));
  return found;
}

/** True when the device surely is no path of this host, whatever the environment says. */
function isElsewhere({ device, o, type }: Readonly<Record<string, unknown>>): boolean {
  if (EnvRef.is(device) || EnvRef.is(o) || EnvRef.is(type)) return false;
  const name = keywordOf(type) ?? '';
  if (!NOT_LOCAL.has(name)) return false;
  if (name === 'tmpfs' && !TMPFS_DEVICES.has(keywordOf(device) ?? '')) return false;
  if (o === undefined || o === null) return true;
  const words = textOf(o)?.split(',');
  return words !== undefined && !words.some((word) => IGNORES_TYPE.has(word.trim().toLowerCase()));
}

/** A volume on a device is the file system of a disk of this host. */
function diskOf(source: HostSource): HostSource {
  const onDisk = source.resolved.some((path) => canonicalPath(path)[0] === 'dev');
  if (!onDisk) return source;
  const what = 'the file system of a disk of the host';
  return { ...source, verdict: { kind: 'root', relation: 'is', place: '/dev', what } };
}
