/** Every setting that differs is noticed. */
import * as fc from 'fast-check';
import type { ContainerInspect } from '../../../lib/engine/api';
import type { DescribedService } from '../../../lib/engine/described';
import { differences } from '../../../lib/engine/probes/settings';

const DESCRIBED: DescribedService = {
  user: '1000:1000',
  network_mode: 'none',
  read_only: true,
  init: true,
  ipc: 'private',
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  tmpfs: ['/tmp:size=512m'],
  shm_size: '67108864',
  volumes: [{ type: 'bind', source: '/src', target: '/workspace', read_only: true }],
  cpus: 2,
  mem_limit: '4294967296',
  memswap_limit: '4294967296',
  pids_limit: 256,
  ulimits: { core: {}, nofile: { soft: 4096, hard: 4096 } },
  healthcheck: { test: ['CMD', 'check'] },
  restart: 'on-failure:5',
  logging: { driver: 'json-file', options: { 'max-size': '10m' } },
};

function container(): ContainerInspect {
  return {
    Config: { User: '1000:1000', Healthcheck: { Test: ['CMD', 'check'] } },
    Mounts: [
      { Type: 'bind', Source: '/src', Destination: '/workspace', RW: false },
      // A mask of `start`.
      { Type: 'bind', Source: '/dev/null', Destination: '/workspace/.env', RW: false },
    ],
    HostConfig: {
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      Init: true,
      IpcMode: 'private',
      PidMode: '',
      UTSMode: '',
      UsernsMode: '',
      CgroupParent: '',
      Privileged: false,
      CapAdd: null,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Tmpfs: { '/tmp': 'size=512m' },
      ShmSize: 67108864,
      NanoCpus: 2e9,
      Memory: 2 ** 32,
      MemorySwap: 2 ** 32,
      MemoryReservation: 0,
      OomScoreAdj: 0,
      CpuShares: 0,
      CpusetCpus: '',
      PidsLimit: 256,
      Ulimits: [
        { Name: 'nofile', Soft: 4096, Hard: 4096 },
        { Name: 'core', Soft: 0, Hard: 0 },
      ],
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m' } },
      PortBindings: {},
    },
  } as unknown as ContainerInspect;
}

const CHANGES: Readonly<Record<string, (host: Record<string, unknown>) => void>> = {
  privileged: (host) => (host.Privileged = true),
  read_only: (host) => (host.ReadonlyRootfs = false),
  cap_add: (host) => (host.CapAdd = ['CAP_NET_RAW']),
  cap_drop: (host) => (host.CapDrop = []),
  security_opt: (host) => (host.SecurityOpt = ['seccomp=unconfined']),
  network_mode: (host) => (host.NetworkMode = 'host'),
  ipc: (host) => (host.IpcMode = 'host'),
  pid: (host) => (host.PidMode = 'host'),
  userns_mode: (host) => (host.UsernsMode = 'host'),
  uts: (host) => (host.UTSMode = 'host'),
  cgroup_parent: (host) => (host.CgroupParent = '/other'),
  init: (host) => (host.Init = false),
  mem_limit: (host) => (host.Memory = 0),
  memswap_limit: (host) => (host.MemorySwap = -1),
  cpus: (host) => (host.NanoCpus = 0),
  mem_reservation: (host) => (host.MemoryReservation = 1),
  oom_kill_disable: (host) => (host.OomKillDisable = true),
  oom_score_adj: (host) => (host.OomScoreAdj = -1000),
  cpu_shares: (host) => (host.CpuShares = 4096),
  cpuset: (host) => (host.CpusetCpus = '0'),
  pids_limit: (host) => (host.PidsLimit = null),
  shm_size: (host) => (host.ShmSize = 2 ** 33),
  ulimits: (host) => (host.Ulimits = []),
  tmpfs: (host) => (host.Tmpfs = { '/tmp': 'size=512m', '/x': '' }),
  devices: (host) => (host.Devices = [{}]),
  sysctls: (host) => (host.Sysctls = { 'net.ipv4.ip_forward': '1' }),
  ports: (host) => (host.PortBindings = { '80/tcp': [{}] }),
  dns: (host) => (host.Dns = ['8.8.8.8']),
  extra_hosts: (host) => (host.ExtraHosts = ['host:1.2.3.4']),
  group_add: (host) => (host.GroupAdd = ['0']),
  volumes_from: (host) => (host.VolumesFrom = ['other']),
  restart: (host) => (host.RestartPolicy = { Name: 'always', MaximumRetryCount: 0 }),
  logging: (host) => (host.LogConfig = { Type: 'none', Config: {} }),
};

test('a container as it is described does not differ; masks are no difference', () => {
  expect(differences(DESCRIBED, container())).toEqual([]);
});

test.each(Object.entries(CHANGES))(
  '%s that changed is noticed, and nothing else',
  (name, change) => {
    const changed = container();
    change(changed.HostConfig as unknown as Record<string, unknown>);
    const found = differences(DESCRIBED, changed);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} is `));
  },
);

test('another user, health check, or mount is noticed', () => {
  const changed = container() as unknown as {
    Config: Record<string, unknown>;
    Mounts: object[];
  };
  changed.Config.User = '0';
  changed.Config.Healthcheck = { Test: ['NONE'] };
  changed.Mounts.push({ Type: 'bind', Source: '/etc', Destination: '/x', RW: false });
  const found = differences(DESCRIBED, changed as unknown as ContainerInspect);
  expect(found.map((each) => each.split(' ')[0])).toEqual(['user', 'volumes', 'healthcheck']);
});

test('any numbers of changes are each noticed', () => {
  fc.assert(
    fc.property(fc.subarray(Object.keys(CHANGES)), (names) => {
      const changed = container();
      for (const name of names) CHANGES[name]!(changed.HostConfig as never);
      const found = differences(DESCRIBED, changed).map((each) => each.split(' ')[0]);
      expect(found.sort()).toEqual([...names].sort());
    }),
  );
});
