/** The rows K of docs/THREATS.md: what the kernel refuses, and how much of the host there is. */
import { isGvisor } from '../../policy/runtimes';
import { componentsOf, versionOf } from '../component-version';
import { bothLimits } from '../described';
import { judgeEscapes } from '../escapes';
import type { ProcessFacts } from '../evidence/service';
import { all, broken, either, judgeFact, proven, unproven, type Judgement } from '../verdict';
import { health, none, ofProcesses } from './parts';
import type { Probe } from './probe';
import { bytesOf } from './sizes';

const RESTART = 'sandbox-cdk restart makes the container anew as it is described';

export const noPrivilege: Probe = {
  id: 'K1',
  title: 'not root, and no capability',
  why: 'a capability undoes other walls',
  fix: RESTART,
  judge: ({ service }) => {
    const { HostConfig, Config } = service.container;
    const settings = none(
      [
        ...(HostConfig.Privileged ? ['privileged'] : []),
        ...(HostConfig.CapAdd ?? []).map((name) => `adds ${name}`),
        ...((HostConfig.CapDrop ?? []).some((name) => name.toUpperCase() === 'ALL')
          ? []
          : ['not all are dropped']),
        ...(/^(?:0|root)?(?::|$)/.test(Config.User) ? [`user ${Config.User || 'root'}`] : []),
      ],
      'all dropped',
    );
    const processes = ofProcesses(
      service,
      ({ uids, gids, groups, capabilities }) => {
        if (uids.includes(0)) return 'runs as root';
        if (gids.includes(0) || groups.includes(0)) return 'is in the group of root';
        const held = Object.entries(capabilities).find(([, bits]) => bits !== 0n);
        return held && `${held[0]} capabilities ${held[1].toString(16)}`;
      },
      'no uid or gid 0, every set of capabilities is empty',
    );
    return all([settings, either(processes, health(service, 'uid', 'capabilities'))]);
  },
};

/** Calls that the engine's seccomp profile refuses to everybody without capabilities. */
const REFUSED_BY_FILTER = ['bpf', 'keyctl', 'mount', 'perf_event_open', 'unshare'];

export const refusedCalls: Probe = {
  id: 'K2',
  title: 'dangerous system calls are refused',
  why: 'most ways out of a container begin with one of these calls',
  fix: `${RESTART}; docker info must not say seccomp: unconfined`,
  judge: ({ service, engine }) => {
    const options = [
      ...(service.container.HostConfig.SecurityOpt ?? []),
      ...(engine.info.SecurityOptions ?? []),
    ];
    const settings = none(
      options.filter((option) =>
        /seccomp[=:].*unconfined/.test(option.replace('name=seccomp,profile', 'seccomp')),
      ),
      'a seccomp profile is on',
    );
    const filter = ofProcesses(
      service,
      ({ seccomp }) => (seccomp === 2 ? undefined : 'no seccomp filter'),
      'filtered',
    );
    const refused = judgeFact(service.systemCalls, (answers) =>
      none(
        REFUSED_BY_FILTER.filter((name) => !isRefusal(answers.get(name))).map(
          (name) => `${name} gives ${answers.get(name)}`,
        ),
        `${REFUSED_BY_FILTER.join(', ')}: refused`,
      ),
    );
    const { entered } = service;
    const tried =
      'seen' in entered && entered.seen.onGvisor
        ? proven('gVisor’s kernel takes the calls, not the host’s')
        : refused;
    return all([settings, either(filter, health(service, 'seccomp')), tried]);
  },
};

function isRefusal(answer: string | undefined): boolean {
  return answer === 'EPERM' || answer === 'EACCES' || answer === 'ENOSYS';
}

export const kernelSettings: Probe = {
  id: 'K3',
  title: 'kernel settings and devices are out of reach',
  why: 'a core pattern, a disk or a trigger in /proc runs code on the host',
  fix: RESTART,
  judge: ({ service }) => {
    const { Devices, DeviceCgroupRules, DeviceRequests, MaskedPaths, ReadonlyPaths } =
      service.container.HostConfig;
    const settings = none(
      [
        ...((Devices ?? []).length > 0 ? ['devices are attached'] : []),
        ...((DeviceRequests ?? []).length > 0 ? ['devices are asked for'] : []),
        ...(DeviceCgroupRules ?? []).map((rule) => `device rule ${rule}`),
        ...((MaskedPaths ?? []).length > 0 ? [] : ['no path is masked']),
        ...((ReadonlyPaths ?? []).length > 0 ? [] : ['no path is read-only']),
      ],
      'masked and read-only paths are on',
    );
    return all([settings, health(service, 'kernel-settings', 'masked-paths', 'devices')]);
  },
};

export const processLimit: Probe = {
  id: 'K4',
  title: 'the number of processes is limited',
  why: 'a fork bomb takes the host down',
  fix: RESTART,
  judge: ({ service }) =>
    all([
      limit(service.container.HostConfig.PidsLimit, service.described.pids_limit, 'processes'),
      either(
        judgeFact(service.limits, ({ pids }) =>
          limit(pids, service.described.pids_limit, 'processes'),
        ),
        health(service, 'pids'),
      ),
    ]),
};

/** At most what is described; what is not described is no limit, so no wall. */
function limit(
  actual: number | null | undefined,
  described: number | undefined,
  unit: string,
): Judgement {
  if (actual === undefined || Number.isNaN(actual))
    return unproven(`the limit of ${unit} cannot be read`);
  if (actual === null || actual <= 0 || actual === Infinity) return broken(`no limit of ${unit}`);
  if (described !== undefined && actual > described) {
    return broken(`${actual} ${unit}, and ${described} are described`);
  }
  return proven(`${actual} ${unit}`);
}

export const memoryLimit: Probe = {
  id: 'K5',
  title: 'memory, swap and CPU are limited',
  why: 'a program that wants everything starves the host',
  fix: `${RESTART}; an engine that cannot limit swap says so in docker info`,
  judge: ({ service }) => {
    const { Memory, MemorySwap, NanoCpus } = service.container.HostConfig;
    const memory = bytesOf(service.described.mem_limit);
    const cpus = service.described.cpus;
    const settings = all([
      limit(Memory, memory, 'bytes of memory'),
      limit(MemorySwap, memory, 'bytes of memory and swap'),
      limit(NanoCpus / 1e9, cpus, 'CPUs'),
    ]);
    const groups = judgeFact(service.limits, (seen) =>
      all([
        limit(seen.memory, memory, 'bytes of memory'),
        limit(seen.memoryAndSwap, memory, 'bytes of memory and swap'),
        limit(seen.cpus, cpus, 'CPUs'),
      ]),
    );
    return all([settings, either(groups, health(service, 'memory', 'swap', 'cpu'))]);
  },
};

/** How /proc/PID/limits calls what Compose calls otherwise. */
const ULIMITS: Readonly<Record<string, string>> = {
  core: 'Max core file size',
  nofile: 'Max open files',
};

export const ulimits: Probe = {
  id: 'K6',
  title: 'no core dumps, few open files',
  why: 'a core dump holds the memory of a program, and the host stores it',
  fix: RESTART,
  judge: ({ service }) => {
    const wanted = Object.entries(ULIMITS).map(([name, title]) => {
      const value = service.described.ulimits?.[name];
      const most = value === undefined ? undefined : bothLimits(value)[1];
      return { name, title, most };
    });
    const undescribed = wanted
      .filter(({ most }) => most === undefined)
      .map(({ name }) => `no limit of ${name}`);
    const tooMuch = ({ ulimits: limits }: Pick<ProcessFacts, 'ulimits'>) =>
      wanted
        .filter(({ title, most }) => (limits[title]?.[1] ?? Infinity) > (most ?? Infinity))
        .map(({ name, title }) => `${name} ${limits[title]?.[1]}`);
    const seen = either(
      ofProcesses(service, (process) => tooMuch(process)[0], 'limits as described'),
      judgeFact(service.entered, (entered) =>
        none(tooMuch(entered), 'a program that enters has them'),
      ),
      health(service, 'ulimits'),
    );
    return all([none(undescribed, 'described'), seen]);
  },
};

export const runtime: Probe = {
  id: 'K7',
  title: 'the runtime that was asked for',
  why: 'a flaw of the host’s kernel is everybody’s who shares it',
  fix: 'install the runtime, name it in /etc/docker/daemon.json, then sandbox-cdk restart',
  judge: ({ service, engine }) => {
    const actual = service.container.HostConfig.Runtime;
    const wanted = service.described.runtime ?? engine.info.DefaultRuntime;
    if (actual !== wanted) return broken(`${actual}, and ${wanted} is described`);
    // A name in the engine's configuration may stand for any program.
    return isGvisor(actual)
      ? judgeFact(service.entered, ({ onGvisor }) =>
          none(onGvisor ? [] : [`${actual} is no gVisor`], actual),
        )
      : proven(actual);
  },
};

export const knownEscapes: Probe = {
  id: 'K8',
  title: 'engine and kernel have no known escape',
  why: 'a published escape needs no skill',
  fix: 'update what is named (sandbox-cdk doctor gives the command), or give the reason why it is safe: --allow-unproven K8=…',
  judge: ({ engine: { version }, service }) => {
    const parts = [
      ...componentsOf(version),
      ...(isGvisor(service.container.HostConfig.Runtime) ? (['gvisor'] as const) : []),
    ];
    const judged = parts.flatMap((part) => judgeEscapes(part, versionOf(part, version)));
    for (const verdict of ['broken', 'unproven'] as const) {
      const such = judged.filter((each) => each.verdict === verdict);
      if (such.length > 0) return { verdict, evidence: escapes(such) };
    }
    return proven(`${judged.length} known ones, all fixed`);
  },
};

function escapes(judged: readonly ReturnType<typeof judgeEscapes>[number][]): string {
  const [first, ...more] = judged;
  return `${first!.evidence}${more.length > 0 ? `; ${more.length} more: ${more.map(({ escape }) => escape.id).join(', ')}` : ''}`;
}
