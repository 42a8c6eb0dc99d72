import { bytesOf } from '../amounts';
import { eachService } from '../checks';
import { memoryLimit } from '../limits';
import type { Rule } from '../rule';
import { show } from '../values';

/** Shared memory is a tmpfs too. */
export const sharedMemoryUnbounded: Rule = {
  id: 'shared-memory-unbounded',
  title: 'Shared memory is smaller than the memory limit',
  severity: 'warning',
  acknowledgeable: true,
  why: '/dev/shm is a writable place in memory; as large as the limit it can fill all of it.',
  fix: 'give resources a sharedMemory well below the memory limit; the default is 64 MiB',
  threats: ['F6', 'K5'],
  controls: ['resource-limits'],
  check: eachService((service) => {
    const size: unknown = service.shm_size;
    if (size === undefined) return undefined;
    const bytes = bytesOf(size) ?? 0;
    const limit = bytesOf(memoryLimit(service)) ?? Infinity;
    if (bytes > 0 && bytes < limit) return undefined;
    return { property: 'shm_size', message: `received shm_size ${show(size)}` };
  }),
};
