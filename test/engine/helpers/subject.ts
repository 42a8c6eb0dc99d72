/** A service all of whose walls stand, to take one away from. */
import type { ContainerInspect, EngineInfo, EngineVersion } from '../../../lib/engine/api';
import type { OutputSandbox } from '../../../lib/assembly/read';
import type { DescribedService } from '../../../lib/engine/described';
import { INPUTS_LABEL, inputsDigest } from '../../../lib/engine/inputs';
import type {
  ProcessFacts,
  ServiceEvidence,
  SourceFacts,
} from '../../../lib/engine/evidence/service';
import type { ProbeSubject } from '../../../lib/engine/probes/probe';

/** May be changed, all the way down. */
export type Mutable<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends ReadonlyMap<infer K, infer V>
    ? Map<K, Mutable<V>>
    : T extends readonly (infer E)[]
      ? Mutable<E>[]
      : T extends object
        ? { -readonly [K in keyof T]: Mutable<T[K]> }
        : T;

const HEALTH_IDS = [
  ...['network-interfaces', 'network-routes', 'network-connect', 'network-resolve', 'network-icmp'],
  ...['read-only', 'engine-socket', 'no-new-privileges', 'writable', 'uid', 'capabilities'],
  ...['seccomp', 'kernel-settings', 'masked-paths', 'devices', 'pids', 'memory', 'swap', 'cpu'],
  ...['ulimits', 'secret-environment'],
];
const GENERATED = ['healthcheck.py', 'healthcheck.json', 'entrypoint.sh'];

export function sandboxOf(folder: string): OutputSandbox {
  return {
    name: 'lab',
    folder,
    manifest: {
      level: 1,
      dataClassification: 'internal',
      services: ['agent'],
      acknowledged: [],
      files: Object.fromEntries(GENERATED.map((name) => [`agent/${name}`, `digest of ${name}`])),
    },
    files: new Map(),
    changed: [],
    missing: [],
  } as unknown as OutputSandbox;
}

export function soundSubject(folder: string): Mutable<ProbeSubject> {
  return {
    sandbox: sandboxOf(folder),
    described: { name: 'lab', services: { agent: describedService(folder) } },
    service: evidence(folder),
    peers: [],
    engine: {
      version: {
        Version: '999.0.0',
        KernelVersion: '999.0.0',
        Arch: 'amd64',
        Components: [
          { Name: 'containerd', Version: 'v999.0.0' },
          { Name: 'runc', Version: '999.0.0' },
        ],
      } as unknown as EngineVersion,
      info: {
        SecurityOptions: ['name=seccomp,profile=builtin'],
        DefaultRuntime: 'runc',
      } as unknown as EngineInfo,
      gateways: ['172.17.0.1'],
    },
  } as unknown as Mutable<ProbeSubject>;
}

function describedService(folder: string): DescribedService {
  return {
    build: { context: `${folder}/agent` },
    user: '1000:1000',
    network_mode: 'none',
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    tmpfs: ['/tmp:size=64m,nr_inodes=1000'],
    volumes: [
      { type: 'bind', source: '/home/me/src', target: '/workspace', read_only: true },
      { type: 'bind', source: '/home/me/out', target: '/output' },
    ],
    cpus: 2,
    mem_limit: 1024,
    memswap_limit: 1024,
    pids_limit: 64,
    ulimits: { core: 0, nofile: 1024 },
    environment: { HOME: '/tmp' },
    healthcheck: { test: ['CMD', 'check'] },
  };
}

function builtFrom(folder: string): Record<string, string> {
  return { [INPUTS_LABEL]: inputsDigest(sandboxOf(folder), describedService(folder))! };
}

function evidence(folder: string): ServiceEvidence {
  return {
    service: 'agent',
    described: describedService(folder),
    container: container(),
    image: {
      seen: {
        Config: {
          Env: ['PATH=/bin'],
          Labels: builtFrom(folder),
          Cmd: ['sleep', '1'],
          WorkingDir: '',
        },
      } as never,
    },
    history: { seen: ['/bin/sh -c #(nop) COPY file:x in /', 'RUN |1 PORT=80 /bin/sh -c make'] },
    processes: { seen: [soundProcess()] },
    network: { seen: { interfaces: ['lo', 'tunl0'], routes: [], addresses: [] } },
    mounts: {
      seen: [
        { target: '/', type: 'overlay', readOnly: true, options: ['ro'], root: '/' },
        {
          target: '/workspace',
          type: 'ext4',
          readOnly: true,
          options: ['ro'],
          root: '/home/me/src',
        },
        {
          target: '/workspace/.env',
          type: 'devtmpfs',
          readOnly: true,
          options: ['ro'],
          root: '/null',
        },
        {
          target: '/tmp',
          type: 'tmpfs',
          readOnly: false,
          options: ['size=64m', 'nr_inodes=1000'],
          root: '/',
        },
        { target: '/dev', type: 'tmpfs', readOnly: false, options: ['rw'], root: '/' },
      ],
    },
    limits: { seen: { memory: 1024, memoryAndSwap: 1024, cpus: 2, pids: 64 } },
    health: {
      seen: new Map(HEALTH_IDS.map((id) => [id, { verdict: 'proven', evidence: `${id} holds` }])),
    },
    systemCalls: {
      seen: new Map(
        ['bpf', 'keyctl', 'mount', 'perf_event_open', 'unshare'].map((name) => [name, 'EPERM']),
      ),
    },
    entered: { unseen: 'the host looks at its processes themselves' },
    ownFiles: {
      seen: new Map([
        ...GENERATED.map(
          (name) => [name, { uid: 0, gid: 0, mode: 0o444, sha256: `digest of ${name}` }] as const,
        ),
        ['python3', { uid: 0, gid: 0, mode: 0o111, sha256: 'any' }],
      ]),
    },
    setuid: { seen: [] },
    volumes: { seen: [] },
    sources: {
      seen: [
        source({ target: '/workspace', real: '/home/me/src', secrets: ['.env'] }),
        source({ target: '/output', real: '/home/me/out', isWritable: true }),
      ],
    },
  };
}

function source(more: Partial<SourceFacts>): SourceFacts {
  return {
    target: '',
    source: more.real!,
    real: '',
    isSocket: false,
    uid: 1000,
    gid: 1000,
    isWritable: false,
    secrets: [],
    traps: [],
    isWhole: true,
    bytes: 10,
    freeBytes: 2 ** 40,
    ...more,
  };
}

function soundProcess(): ProcessFacts {
  return {
    pid: 7,
    name: 'sleep',
    uids: [1000, 1000, 1000, 1000],
    gids: [1000, 1000, 1000, 1000],
    groups: [],
    capabilities: { inheritable: 0n, permitted: 0n, effective: 0n, bounding: 0n, ambient: 0n },
    noNewPrivileges: true,
    seccomp: 2,
    namespaces: { net: 'net:[1]', pid: 'pid:[2]', user: 'user:[3]' },
    ulimits: { 'Max core file size': [0, 0], 'Max open files': [1024, 1024] },
  };
}

function container(): ContainerInspect {
  return {
    Config: {
      User: '1000:1000',
      Env: ['HOME=/tmp', 'PATH=/bin'],
      Labels: {},
      Cmd: ['sleep', '1'],
      Entrypoint: null,
      WorkingDir: '',
      Healthcheck: { Test: ['CMD', 'check'] },
    },
    Mounts: [
      { Type: 'bind', Source: '/home/me/src', Destination: '/workspace', RW: false },
      { Type: 'bind', Source: '/home/me/out', Destination: '/output', RW: true },
      { Type: 'bind', Source: '/dev/null', Destination: '/workspace/.env', RW: false },
    ],
    NetworkSettings: { Networks: { none: {} } },
    HostConfig: {
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      IpcMode: 'private',
      PidMode: '',
      UTSMode: '',
      UsernsMode: '',
      CgroupParent: '',
      Privileged: false,
      CapAdd: null,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      Tmpfs: { '/tmp': 'size=64m,nr_inodes=1000' },
      ShmSize: 64 * 2 ** 20,
      NanoCpus: 2e9,
      Memory: 1024,
      MemorySwap: 1024,
      MemoryReservation: 0,
      OomScoreAdj: 0,
      CpuShares: 0,
      CpusetCpus: '',
      PidsLimit: 64,
      Ulimits: [
        { Name: 'core', Soft: 0, Hard: 0 },
        { Name: 'nofile', Soft: 1024, Hard: 1024 },
      ],
      RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
      LogConfig: { Type: 'json-file', Config: {} },
      PortBindings: {},
      Runtime: 'runc',
      MaskedPaths: ['/proc/kcore'],
      ReadonlyPaths: ['/proc/sys'],
    },
  } as unknown as ContainerInspect;
}
