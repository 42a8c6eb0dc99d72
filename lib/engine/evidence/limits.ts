/** The limits of a container as its control groups hold them, of version 1 or 2. */
import { readText } from '../../core/files';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';
import { controlGroups, findOuterPid } from './host';
import type { LimitFacts } from './service';

export function collectLimits({ container }: CollectContext): Fact<LimitFacts> {
  const pid = findOuterPid(container);
  if ('unseen' in pid) return pid;
  const groups = controlGroups(pid.seen);
  const unified = groups.get('v2');
  const facts = groups.has('memory')
    ? version1((controller, file) => number(readText(`${groups.get(controller)}/${file}`)))
    : unified !== undefined
      ? version2((file) => readText(`${unified}/${file}`))
      : {};
  const isSeen = Object.values(facts).some((value) => value !== undefined);
  return isSeen ? { seen: facts } : { unseen: 'its control groups cannot be read' };
}

/** What version 1 writes for "no limit": the largest number of whole pages. */
const NO_LIMIT = 2 ** 62;

export function version1(
  read: (controller: string, file: string) => number | undefined,
): LimitFacts {
  const quota = read('cpu', 'cpu.cfs_quota_us');
  const period = read('cpu', 'cpu.cfs_period_us');
  const limit = (value: number | undefined) =>
    value !== undefined && value >= NO_LIMIT ? Infinity : value;
  return {
    memory: limit(read('memory', 'memory.limit_in_bytes')),
    memoryAndSwap: limit(read('memory', 'memory.memsw.limit_in_bytes')),
    cpus:
      quota === undefined || period === undefined
        ? undefined
        : quota < 0
          ? Infinity
          : quota / period,
    pids: read('pids', 'pids.max'),
  };
}

export function version2(read: (file: string) => string | undefined): LimitFacts {
  const memory = number(read('memory.max'));
  const swap = number(read('memory.swap.max'));
  const [quota, period] = (read('cpu.max') ?? '').trim().split(' ').map(number);
  return {
    memory,
    memoryAndSwap: memory === undefined || swap === undefined ? undefined : memory + swap,
    cpus: quota === undefined || period === undefined ? undefined : quota / period,
    pids: number(read('pids.max')),
  };
}

function number(text: string | undefined): number | undefined {
  const trimmed = text?.trim();
  if (trimmed === undefined || trimmed === '') return undefined;
  return trimmed === 'max' ? Infinity : Number(trimmed);
}
