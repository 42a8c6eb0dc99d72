/** Every process of a container, as the host's /proc shows it: also those that came in by exec. */
import * as fs from 'node:fs';
import { readText } from '../../core/files';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';
import { controlGroups } from './host';
import type { ProcessFacts } from './service';
import { steady } from './steady';

export async function collectProcesses({
  hostPid,
}: CollectContext): Promise<Fact<readonly ProcessFacts[]>> {
  if ('unseen' in hostPid) return hostPid;
  if (pidsOf(hostPid.seen).length === 0) {
    return { unseen: 'its control group does not list its processes' };
  }
  let last: readonly ProcessFacts[] = [];
  const look = () => {
    const before = last;
    last = lookAtAll(hostPid.seen);
    return { now: last, before };
  };
  const { now, before } = await steady(look, (seen) => seen.now.some(mayBeEntering));
  const facts = withoutPassing(now, before);
  return facts.length > 0 ? { seen: facts } : { unseen: '/proc shows none of its processes' };
}

/** One that stays as it is says so at two looks; one that has just come may be entering. */
export function withoutPassing(
  now: readonly ProcessFacts[],
  before: readonly ProcessFacts[],
): readonly ProcessFacts[] {
  return now.filter(
    (process) => !mayBeEntering(process) || before.some(({ pid }) => pid === process.pid),
  );
}

function mayBeEntering({ seccomp, capabilities }: ProcessFacts): boolean {
  return seccomp === 0 || Object.values(capabilities).some((bits) => bits !== 0n);
}

function lookAtAll(first: number): readonly ProcessFacts[] {
  return pidsOf(first).flatMap((pid) => {
    const status = readText(`/proc/${pid}/status`);
    const limits = readText(`/proc/${pid}/limits`);
    // One that has just ended is nobody's any more.
    return status === undefined || limits === undefined ? [] : [processFacts(pid, status, limits)];
  });
}

function pidsOf(first: number): readonly number[] {
  const groups = controlGroups(first);
  const folder = groups.get('pids') ?? groups.get('v2');
  const text = folder && readText(`${folder}/cgroup.procs`);
  return text ? text.split('\n').filter(Boolean).map(Number) : [];
}

function processFacts(pid: number, status: string, limits: string): ProcessFacts {
  const fields = parseStatus(status);
  const numbers = (name: string) =>
    (fields.get(name) ?? '').split(/\s+/).filter(Boolean).map(Number);
  const bits = (name: string) => BigInt(`0x${fields.get(name) ?? 'ffffffffffffffff'}`);
  return {
    pid,
    name: fields.get('Name') ?? '?',
    uids: numbers('Uid'),
    gids: numbers('Gid'),
    groups: numbers('Groups'),
    capabilities: {
      inheritable: bits('CapInh'),
      permitted: bits('CapPrm'),
      effective: bits('CapEff'),
      bounding: bits('CapBnd'),
      ambient: bits('CapAmb'),
    },
    noNewPrivileges: fields.get('NoNewPrivs') === '1',
    seccomp: Number(fields.get('Seccomp') ?? 0),
    namespaces: namespacesOf(pid),
    ulimits: parseLimits(limits),
  };
}

export function parseStatus(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line.includes(':'));
  return new Map(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at), line.slice(at + 1).trim()];
    }),
  );
}

/** `Max open files            4096                 4096                 files` */
export function parseLimits(text: string): Record<string, readonly [number, number]> {
  const limits: Record<string, readonly [number, number]> = {};
  for (const line of text.split('\n')) {
    const [, name, soft, hard] = /^(Max .+?)\s{2,}(\S+)\s+(\S+)/.exec(line) ?? [];
    if (name !== undefined) limits[name] = [amount(soft!), amount(hard!)];
  }
  return limits;
}

function amount(text: string): number {
  return text === 'unlimited' ? Infinity : Number(text);
}

const NAMESPACES = ['net', 'pid', 'ipc', 'mnt', 'uts', 'user'];

function namespacesOf(pid: number): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of NAMESPACES) {
    try {
      found[name] = fs.readlinkSync(`/proc/${pid}/ns/${name}`);
    } catch {
      // Only its own user, and root, may see it.
    }
  }
  return found;
}
