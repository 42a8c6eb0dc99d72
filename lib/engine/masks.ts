/**
 * Secrets that lie in a source: inside, something empty stands in their place. Which there are only
 * the disk knows, so this is done at the start and not at synthesis.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isInside } from '../core/inside';
import { writableBinds, type DescribedMount, type DescribedService } from './described';
import { findSecrets } from './sources/secrets';

export interface Mask {
  /** Absolute path inside. */
  readonly target: string;
  readonly isFolder: boolean;
}

/** One mask for each secret of each source that the service may read and not write. */
export function masksOf(service: DescribedService): readonly Mask[] {
  const { volumes = [] } = service;
  const except = writableBinds(service);
  return volumes
    .filter(({ type, read_only }) => type === 'bind' && read_only)
    .flatMap((mount) => secretsBehind(mount, except))
    .filter(({ target }) => !volumes.some((mount) => mount.target === target.replace(/\/$/, '')));
}

function secretsBehind({ source, target }: DescribedMount, except: readonly string[]): Mask[] {
  return findSecrets(source!, { except })
    .filter((secret) => !except.some((folder) => isInside(path.join(source!, secret), folder)))
    .map((secret) => ({
      target: path.posix.join(target, secret).replace(/\/$/, ''),
      isFolder: secret.endsWith('/') || isFolder(path.join(source!, secret)),
    }));
}

function isFolder(file: string): boolean {
  try {
    return fs.lstatSync(file).isDirectory();
  } catch {
    return false;
  }
}

/** A mask as a mount of Compose: `/dev/null`, or an empty folder that nobody can write to. */
export function maskMount({ target, isFolder: folder }: Mask): object {
  return folder
    ? { type: 'tmpfs', target, read_only: true, tmpfs: { size: 4096, mode: 0o555 } }
    : {
        type: 'bind',
        source: '/dev/null',
        target,
        read_only: true,
        bind: { create_host_path: false },
      };
}
