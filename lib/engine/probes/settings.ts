/** The settings of a container, as the folder describes them and as the engine has them. */
import type { ContainerInspect } from '../api';
import { bothLimits, type DescribedService } from '../described';
import { sha256 } from '../../assembly/manifest';
import { bytesOf } from './sizes';

interface Setting {
  readonly name: string;
  readonly described: (service: DescribedService) => unknown;
  readonly actual: (container: ContainerInspect) => unknown;
}

/** The names of the settings that differ, with what is there. */
export function differences(service: DescribedService, container: ContainerInspect): string[] {
  return SETTINGS.flatMap(({ name, described, actual }) =>
    difference(name, actual(container), described(service)),
  );
}

function difference(name: string, is: unknown, should: unknown): string[] {
  if (text(is) === text(should)) return [];
  return [`${name} is ${shorten(text(is))}, described ${shorten(text(should))}`];
}

/** For comparing: what is not there is `null`. */
export function text(value: unknown): string {
  return JSON.stringify(value ?? null);
}

function shorten(value: string): string {
  return value.length > 120 ? `${value.slice(0, 119)}…` : value;
}

const set = (values: readonly string[] | null | undefined) => [...(values ?? [])].sort();
const upper = (values: readonly string[] | null | undefined) =>
  set(values?.map((value) => value.toUpperCase().replace(/^CAP_/, '')));

/** Without the two ways of spelling one option, and without what the engine keeps elsewhere (K3). */
const options = (values: readonly string[] | null | undefined) =>
  set(
    values
      ?.map((value) => value.replace(/^no-new-privileges[:=]true$/, 'no-new-privileges'))
      .map((value) => value.replace('=', ':'))
      .filter((value) => !value.startsWith('systempaths:')),
  );

const entries = (record: Readonly<Record<string, unknown>> | null | undefined) =>
  Object.entries(record ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));

/** For values that must not be told: whether they are the same still shows. */
const digests = (record: Readonly<Record<string, string>> | null | undefined) =>
  entries(record).map(([name, value]) => `${name} (${sha256(String(value)).slice(0, 8)})`);

/** One line for each setting: how the folder says it, and how the engine does. */
export const SETTINGS: readonly Setting[] = [
  { name: 'user', described: (s) => s.user, actual: (c) => c.Config.User },
  {
    name: 'privileged',
    described: (s) => s.privileged ?? false,
    actual: (c) => c.HostConfig.Privileged,
  },
  {
    name: 'read_only',
    described: (s) => s.read_only ?? false,
    actual: (c) => c.HostConfig.ReadonlyRootfs,
  },
  {
    name: 'cap_add',
    described: (s) => upper(s.cap_add),
    actual: (c) => upper(c.HostConfig.CapAdd),
  },
  {
    name: 'cap_drop',
    described: (s) => upper(s.cap_drop),
    actual: (c) => upper(c.HostConfig.CapDrop),
  },
  {
    name: 'security_opt',
    described: (s) => options(s.security_opt),
    actual: (c) => options(c.HostConfig.SecurityOpt),
  },
  { name: 'network_mode', described: (s) => s.network_mode, actual: (c) => networkMode(c) },
  {
    name: 'ipc',
    described: (s) => s.ipc ?? 'private',
    actual: (c) => c.HostConfig.IpcMode || 'private',
  },
  { name: 'pid', described: (s) => s.pid ?? '', actual: (c) => c.HostConfig.PidMode },
  {
    name: 'userns_mode',
    described: (s) => s.userns_mode ?? '',
    actual: (c) => c.HostConfig.UsernsMode,
  },
  { name: 'uts', described: (s) => s.uts ?? '', actual: (c) => c.HostConfig.UTSMode },
  {
    name: 'cgroup_parent',
    described: (s) => s.cgroup_parent ?? '',
    actual: (c) => c.HostConfig.CgroupParent,
  },
  { name: 'init', described: (s) => s.init ?? false, actual: (c) => c.HostConfig.Init ?? false },
  {
    name: 'mem_limit',
    described: (s) => bytesOf(s.mem_limit) ?? 0,
    actual: (c) => c.HostConfig.Memory,
  },
  {
    name: 'memswap_limit',
    described: (s) => bytesOf(s.memswap_limit) ?? 0,
    actual: (c) => c.HostConfig.MemorySwap,
  },
  {
    name: 'cpus',
    described: (s) => Math.round((s.cpus ?? 0) * 1e9),
    actual: (c) => c.HostConfig.NanoCpus,
  },
  {
    name: 'mem_reservation',
    described: (s) => bytesOf(s.mem_reservation) ?? 0,
    actual: (c) => c.HostConfig.MemoryReservation,
  },
  {
    name: 'oom_kill_disable',
    described: (s) => s.oom_kill_disable ?? false,
    actual: (c) => c.HostConfig.OomKillDisable ?? false,
  },
  {
    name: 'oom_score_adj',
    described: (s) => s.oom_score_adj ?? 0,
    actual: (c) => c.HostConfig.OomScoreAdj,
  },
  {
    name: 'cpu_shares',
    described: (s) => s.cpu_shares ?? 0,
    actual: (c) => c.HostConfig.CpuShares,
  },
  { name: 'cpuset', described: (s) => s.cpuset ?? '', actual: (c) => c.HostConfig.CpusetCpus },
  {
    name: 'pids_limit',
    described: (s) => s.pids_limit ?? 0,
    actual: (c) => c.HostConfig.PidsLimit ?? 0,
  },
  {
    name: 'shm_size',
    described: (s) => bytesOf(s.shm_size) ?? 64 * 2 ** 20,
    actual: (c) => c.HostConfig.ShmSize,
  },
  { name: 'ulimits', described: describedUlimits, actual: actualUlimits },
  { name: 'tmpfs', described: describedTmpfs, actual: (c) => entries(c.HostConfig.Tmpfs) },
  { name: 'volumes', described: describedMounts, actual: actualMounts },
  {
    name: 'devices',
    described: (s) => set(s.devices?.map(({ source, target }) => `${source}:${target}`)),
    actual: (c) =>
      set(c.HostConfig.Devices?.map((each) => `${each.PathOnHost}:${each.PathInContainer}`)),
  },
  {
    name: 'sysctls',
    described: (s) => entries(s.sysctls),
    actual: (c) => entries(c.HostConfig.Sysctls),
  },
  {
    name: 'ports',
    described: (s) => (s.ports ?? []).length,
    actual: (c) => Object.keys(c.HostConfig.PortBindings ?? {}).length,
  },
  { name: 'dns', described: (s) => set(s.dns), actual: (c) => set(c.HostConfig.Dns) },
  {
    name: 'extra_hosts',
    described: (s) => set(s.extra_hosts?.map(colon)),
    actual: (c) => set(c.HostConfig.ExtraHosts?.map(colon)),
  },
  {
    name: 'group_add',
    described: (s) => set(s.group_add),
    actual: (c) => set(c.HostConfig.GroupAdd),
  },
  { name: 'volumes_from', described: () => [], actual: (c) => set(c.HostConfig.VolumesFrom) },
  { name: 'restart', described: (s) => s.restart ?? 'no', actual: restartPolicy },
  {
    name: 'logging',
    // A value may be a key of a log server.
    described: (s) => [s.logging?.driver ?? 'json-file', digests(s.logging?.options)],
    actual: (c) => [c.HostConfig.LogConfig.Type, digests(c.HostConfig.LogConfig.Config)],
  },
  {
    name: 'healthcheck',
    described: (s) => s.healthcheck?.test ?? null,
    actual: (c) => c.Config.Healthcheck?.Test ?? null,
  },
];

function networkMode({ HostConfig: { NetworkMode } }: ContainerInspect): string | undefined {
  // A service on networks of its own has no mode; the engine writes the first network's name.
  return ['none', 'host', 'bridge'].includes(NetworkMode) || NetworkMode.includes(':')
    ? NetworkMode
    : undefined;
}

function colon(host: string): string {
  return host.replace('=', ':');
}

function describedUlimits({ ulimits = {} }: DescribedService) {
  return Object.keys(ulimits)
    .sort()
    .map((name) => [name, ...bothLimits(ulimits[name]!)]);
}

function actualUlimits({ HostConfig: { Ulimits } }: ContainerInspect) {
  return [...(Ulimits ?? [])]
    .sort((a, b) => (a.Name < b.Name ? -1 : 1))
    .map(({ Name, Soft, Hard }) => [Name, Soft, Hard]);
}

function describedTmpfs({ tmpfs = [] }: DescribedService) {
  const list = typeof tmpfs === 'string' ? [tmpfs] : tmpfs;
  return entries(
    Object.fromEntries(
      list.map((each) => {
        const at = each.indexOf(':');
        return at < 0 ? [each, ''] : [each.slice(0, at), each.slice(at + 1)];
      }),
    ),
  );
}

function describedMounts({ volumes = [] }: DescribedService) {
  return volumes
    .map(({ type, source, target, read_only: readOnly }) => [
      type,
      type === 'bind' ? source : '',
      target,
      !readOnly,
    ])
    .sort(byTarget);
}

/** Without masks: they lie inside of a described source, hold nothing and cannot be written to. */
function actualMounts({ Mounts, HostConfig }: ContainerInspect) {
  const binds = Mounts.filter(
    ({ Type, Source, RW }) => !(Type === 'bind' && Source === '/dev/null' && !RW),
  );
  return binds
    .filter(({ Type, RW }) => !(Type === 'tmpfs' && !RW))
    .filter(
      ({ Type, Destination }) =>
        !(Type === 'tmpfs' && Object.hasOwn(HostConfig.Tmpfs ?? {}, Destination)),
    )
    .map(({ Type, Source, Destination, RW }) => [
      Type,
      Type === 'bind' ? Source : '',
      Destination,
      RW,
    ])
    .sort(byTarget);
}

function byTarget(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[2]) < String(b[2]) ? -1 : 1;
}

function restartPolicy({ HostConfig: { RestartPolicy: policy } }: ContainerInspect): string {
  const name = policy.Name || 'no';
  return policy.MaximumRetryCount > 0 ? `${name}:${policy.MaximumRetryCount}` : name;
}
