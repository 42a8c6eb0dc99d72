/** How much of the host a service may use. */
import * as z from 'zod';
import { parseProps } from '../lib/core/props';
import * as schemas from '../lib/core/schemas';
import { Size } from '../lib/core/size';
import type { ComposeServiceProps } from './compose';

export interface ResourceLimitsProps {
  /** CPUs, from 0.01; fractions allowed. Default: 2. */
  readonly cpus?: number;
  /** Memory, at least 64 MiB, tmpfs included; swap is always off. Default: 4 GiB. */
  readonly memory?: Size;
  /** Processes and threads together, at least 8. Default: 256. */
  readonly pids?: number;
  /** Open files of one process, at least 64. Default: 4,096. */
  readonly openFiles?: number;
  /** Shared memory in `/dev/shm`, in memory's limit. Default: 64 MiB. */
  readonly sharedMemory?: Size;
}

/** @internal */
export const resourceLimitsProps = z.strictObject({
  cpus: z.number('a number').min(0.01, 'at least 0.01').max(4096, 'at most 4096').optional(),
  memory: schemas.size.refine((size) => size.toMebibytes() >= 64, 'at least 64 MiB').optional(),
  pids: z.int('a whole number').min(8, 'at least 8').max(4_194_304, 'at most 4194304').optional(),
  openFiles: z
    .int('a whole number')
    .min(64, 'at least 64')
    .max(1_048_576, 'at most 1048576')
    .optional(),
  sharedMemory: schemas.size.refine((size) => size.toBytes() >= 4096, 'at least 4 KiB').optional(),
});

/**
 * Limits of one service, enforced by the kernel's control groups: a fork bomb gets EAGAIN, a memory
 * hog is killed inside, and the host stays healthy.
 *
 * Rules: `memory-limit-missing`, `swap-allowed`, `cpu-limit-missing`, `pids-limit-missing`,
 * `open-files-limit-missing`, `core-dumps-allowed`.
 *
 * @throws InvalidPropsError for unknown or invalid props
 * @see Linux kernel, control group v2
 * @example
 * import { ResourceLimits, Size } from 'sandbox-cdk';
 *
 * new ResourceLimits({ cpus: 4, memory: Size.gibibytes(8) });
 */
export class ResourceLimits {
  readonly cpus: number;
  readonly memory: Size;
  readonly pids: number;
  readonly openFiles: number;
  readonly sharedMemory: Size;

  constructor(props: ResourceLimitsProps = {}) {
    const parsed = parseProps(resourceLimitsProps, props, { kind: 'ResourceLimits' });
    this.cpus = parsed.cpus ?? 2;
    this.memory = parsed.memory ?? Size.gibibytes(4);
    this.pids = parsed.pids ?? 256;
    this.openFiles = parsed.openFiles ?? 4096;
    this.sharedMemory = parsed.sharedMemory ?? Size.mebibytes(64);
  }

  /** The limits as Compose spells them. */
  render(): ComposeServiceProps {
    const memory = this.memory.toCompose();
    return {
      cpus: this.cpus,
      memLimit: memory,
      memswapLimit: memory,
      pidsLimit: this.pids,
      shmSize: this.sharedMemory.toCompose(),
      ulimits: { nofile: { soft: this.openFiles, hard: this.openFiles }, core: 0 },
    };
  }
}
