/** A writable place in memory: limited in size and in number of files, gone at stop. */
import type { Construct } from 'constructs';
import * as z from 'zod';
import { EnvRef } from '../lib/core/env-ref';
import { parseProps } from '../lib/core/props';
import * as schemas from '../lib/core/schemas';
import { Size } from '../lib/core/size';
import { Mount, type RenderedMount } from './mount';
import type { ServiceUser } from './service-user';

export interface TmpfsMountProps {
  /** Absolute path inside the container. */
  readonly target: string;
  /** What fits in, at least 4 KiB; it counts towards the service's memory. Default: 256 MiB. */
  readonly size?: Size;
  /** How many files and folders fit in, at least 2. Default: one for each 8 KiB of size. */
  readonly inodes?: number;
  /** May files there be executed? Default: no. */
  readonly executable?: boolean;
  /** Whose it is, with mode 0700. Default: everybody's, with mode 1777, as `/tmp`. */
  readonly owner?: ServiceUser;
}

const BYTES_PER_INODE = 8 * 1024;

const tmpfsMountProps = z.strictObject({
  target: schemas.containerPath,
  size: schemas.size.refine((size) => size.toBytes() >= 4096, 'at least 4 KiB').optional(),
  inodes: z.int('a whole number').min(2, 'at least 2').optional(),
  executable: z.boolean('true or false').optional(),
  owner: schemas.user.optional(),
});

/**
 * Mounts a tmpfs. Full means ENOSPC inside; the host never notices.
 *
 * Rules: `tmpfs-unsized`, `tmpfs-inodes-unlimited`, `duplicate-mount-target`.
 *
 * @throws InvalidPropsError for unknown or invalid props
 * @see Compose specification, "tmpfs"; tmpfs(5)
 * @example
 * import { App, Level1Sandbox, Size, TmpfsMount } from 'sandbox-cdk';
 *
 * const sandbox = new Level1Sandbox(new App(), 'demo', { source: '.' });
 * sandbox.agent().addMount(
 *   new TmpfsMount(sandbox, 'build', { target: '/build', size: Size.gibibytes(2), executable: true }),
 * );
 */
export class TmpfsMount extends Mount {
  readonly target: string;
  readonly writable = true;
  private readonly options: string;
  private readonly owner?: ServiceUser;

  constructor(scope: Construct, id: string, props: TmpfsMountProps) {
    super(scope, id);
    const parsed = parseProps(tmpfsMountProps, props, { kind: 'TmpfsMount', scope, id });
    const size = parsed.size ?? Size.mebibytes(256);
    const inodes = parsed.inodes ?? Math.max(2, Math.floor(size.toBytes() / BYTES_PER_INODE));
    this.target = parsed.target;
    this.owner = parsed.owner;
    this.options = [
      parsed.executable ? 'exec' : 'noexec',
      'nosuid',
      'nodev',
      `size=${size.toCompose()}`,
      `nr_inodes=${inodes}`,
    ].join(',');
  }

  override render(): RenderedMount {
    const { target, options, owner } = this;
    if (!owner) return { tmpfs: `${target}:${options},mode=1777` };
    return { tmpfs: EnvRef.text`${target}:${options},mode=0700,uid=${owner.uid},gid=${owner.gid}` };
  }
}
