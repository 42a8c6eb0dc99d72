/** CPU, memory and processes of a container, against their limits, counted as `docker stats` does. */
import { readText } from '../core/files';
import type { ContainerInspect } from './api';
import type { EngineClient } from './client';
import { controlGroups, findHostPid } from './evidence/host';

export interface Usage {
  /** Percent of one CPU. */
  readonly cpuPercent?: number;
  readonly cpuLimitPercent?: number;
  readonly memoryBytes?: number;
  readonly memoryLimitBytes?: number;
  readonly pids?: number;
  readonly pidsLimit?: number;
  /** Processes that the kernel killed for want of memory since the container started. */
  readonly oomKills?: number;
}

/** One look. */
export interface Sample {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly cpuNanoseconds?: number;
  /** Without what can be given back at once, the inactive file cache. */
  readonly memoryBytes?: number;
  readonly pids?: number;
  readonly oomKills?: number;
}

/** Between the two looks that a rate needs. */
const INTERVAL_MS = 200;

/** Without figures where neither the host nor the engine has any, as on gVisor. */
export async function readUsage(client: EngineClient, container: ContainerInspect): Promise<Usage> {
  const look = lookerAt(client, container);
  try {
    const first = await look();
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
    const second = await look();
    const { NanoCpus, Memory, PidsLimit } = container.HostConfig;
    return {
      cpuPercent: cpuPercent(first, second),
      ...(NanoCpus > 0 && { cpuLimitPercent: NanoCpus / 1e7 }),
      memoryBytes: second.memoryBytes,
      ...(Memory > 0 && { memoryLimitBytes: Memory }),
      pids: second.pids,
      ...(PidsLimit !== null && PidsLimit > 0 && { pidsLimit: PidsLimit }),
      ...(second.oomKills !== undefined && { oomKills: second.oomKills }),
    };
  } catch {
    return {};
  }
}

export function cpuPercent(first: Sample, second: Sample): number | undefined {
  const used = (second.cpuNanoseconds ?? NaN) - (first.cpuNanoseconds ?? NaN);
  const passed = (second.at - first.at) * 1e6;
  return passed > 0 && used >= 0 ? (used / passed) * 100 : undefined;
}

/** The control groups themselves where they are this host's; else what the engine says. */
function lookerAt(client: EngineClient, container: ContainerInspect): () => Promise<Sample> {
  const pid = findHostPid(container);
  if ('unseen' in pid) return () => askEngine(client, container.Id);
  const groups = controlGroups(pid.seen);
  const unified = groups.get('v2');
  const isVersion1 = groups.has('memory');
  return () =>
    Promise.resolve(
      isVersion1
        ? version1((controller, file) => readText(`${groups.get(controller)}/${file}`))
        : version2((file) => readText(`${unified}/${file}`)),
    );
}

export function version1(read: (controller: string, file: string) => string | undefined): Sample {
  return {
    at: Date.now(),
    cpuNanoseconds: numberIn(read('cpuacct', 'cpuacct.usage')),
    memoryBytes: less(
      numberIn(read('memory', 'memory.usage_in_bytes')),
      numberIn(read('memory', 'memory.stat'), 'total_inactive_file'),
    ),
    pids: numberIn(read('pids', 'pids.current')),
    oomKills: numberIn(read('memory', 'memory.oom_control'), 'oom_kill'),
  };
}

export function version2(read: (file: string) => string | undefined): Sample {
  const microseconds = numberIn(read('cpu.stat'), 'usage_usec');
  return {
    at: Date.now(),
    cpuNanoseconds: microseconds === undefined ? undefined : microseconds * 1000,
    memoryBytes: less(
      numberIn(read('memory.current')),
      numberIn(read('memory.stat'), 'inactive_file'),
    ),
    pids: numberIn(read('pids.current')),
    oomKills: numberIn(read('memory.events'), 'oom_kill'),
  };
}

interface Stats {
  readonly cpu_stats: { readonly cpu_usage: { readonly total_usage: number } };
  readonly memory_stats: {
    readonly usage?: number;
    readonly stats?: Readonly<Record<string, number>>;
  };
  readonly pids_stats: { readonly current?: number };
}

async function askEngine(client: EngineClient, id: string): Promise<Sample> {
  const query = { stream: false, 'one-shot': true };
  const { cpu_stats, memory_stats, pids_stats } = await client.get<Stats>(
    `/containers/${id}/stats`,
    query,
  );
  const { usage, stats = {} } = memory_stats;
  return {
    at: Date.now(),
    cpuNanoseconds: cpu_stats.cpu_usage.total_usage,
    memoryBytes: less(usage, stats.total_inactive_file ?? stats.inactive_file),
    pids: pids_stats.current,
  };
}

function less(all: number | undefined, part: number | undefined): number | undefined {
  return all === undefined ? undefined : Math.max(0, all - (part ?? 0));
}

/** The number that is the text, or that follows the name at the start of a line. */
function numberIn(text: string | undefined, name?: string): number | undefined {
  const pattern = name === undefined ? /^(\d+)\s*$/ : new RegExp(`^${name} (\\d+)$`, 'm');
  const found = text === undefined ? undefined : pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}
