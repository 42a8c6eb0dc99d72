import * as fc from 'fast-check';
import type { Effect } from '../../../lib/assembly/diff/change';
import { departures, diffService } from '../../../lib/assembly/diff/service';
import type { Plain } from '../../../lib/assembly/diff/values';

type Row = [before: Plain, after: Plain, effect: Effect, summary: string];

const D = `@sha256:${'0'.repeat(64)}`;
const src = { type: 'bind', source: '../src', target: '/workspace', read_only: true };
const data = { type: 'volume', source: 'data', target: '/data' };
const mask = { type: 'bind', source: '/dev/null', target: '/workspace/.env', read_only: true };
const with_ = (mount: object, other: object) => ({ volumes: [{ ...mount, ...other }] });

const network: Row[] = [
  [
    { network_mode: 'none' },
    { network_mode: 'bridge' },
    'broadens',
    'agent can now reach the network bridge (was air-gapped)',
  ],
  [
    { network_mode: 'none' },
    {},
    'broadens',
    'agent can now reach the networks of its project (was air-gapped)',
  ],
  [
    { network_mode: 'bridge' },
    { network_mode: 'host' },
    'broadens',
    "agent can now reach the host's own network (was the network bridge)",
  ],
  [
    { network_mode: 'bridge' },
    { network_mode: 'service:web' },
    'broadens',
    'agent can now reach the network service:web (was the network bridge)',
  ],
  [
    { network_mode: 'host' },
    { network_mode: 'bridge' },
    'narrows',
    "agent is on the network bridge now (was the host's own network)",
  ],
  [
    {},
    { network_mode: 'none' },
    'narrows',
    'agent is air-gapped now (was the networks of its project)',
  ],
  [{ networks: ['a'] }, { networks: ['a', 'b'] }, 'broadens', 'agent can now reach the network b'],
  [
    { networks: { a: null } },
    { networks: { a: null, b: { aliases: ['x'] } } },
    'broadens',
    'agent can now reach the network b',
  ],
  [
    { networks: ['a', 'b'] },
    { networks: ['b'] },
    'narrows',
    'agent can no longer reach the network a',
  ],
  [
    { networks: { a: {} } },
    { networks: { a: { aliases: ['x'] } } },
    'neutral',
    'agent: network a aliases is now ["x"]',
  ],
  [
    {},
    { ports: ['8080:80'] },
    'broadens',
    'port 80/tcp of agent is published on every address of the host now',
  ],
  [
    {},
    { ports: [{ target: 80, published: '8080', host_ip: '127.0.0.1' }] },
    'broadens',
    'port 80/tcp of agent is published on 127.0.0.1 of the host now',
  ],
  [
    { ports: ['127.0.0.1:8080:80'] },
    { ports: ['8080:80'] },
    'broadens',
    'port 80/tcp of agent is published on every address now (was the host alone)',
  ],
  [
    { ports: ['8080:80'] },
    { ports: ['127.0.0.1:8080:80'] },
    'narrows',
    'port 80/tcp of agent is published for the host alone now',
  ],
  [
    { ports: ['[::1]:8080:80'] },
    { ports: ['[::1]:81:80'] },
    'neutral',
    'port 80/tcp of agent is published as 81 on [::1] now',
  ],
  [{ ports: [80] }, {}, 'narrows', 'port 80/tcp of agent is no longer published on the host'],
  [
    {},
    { extra_hosts: ['host.docker.internal:host-gateway'] },
    'broadens',
    'agent now knows the host host.docker.internal as host-gateway',
  ],
  [{ extra_hosts: { a: '10.0.0.1' } }, {}, 'narrows', 'agent no longer knows the host a'],
  [{}, { dns: '8.8.8.8' }, 'broadens', 'agent can now look up names at 8.8.8.8'],
  [
    { dns: ['8.8.8.8', '1.1.1.1'] },
    { dns: ['1.1.1.1'] },
    'narrows',
    'agent can no longer look up names at 8.8.8.8',
  ],
  [{}, { links: ['db'] }, 'broadens', 'agent can now reach the service db by name'],
];

const privileges: Row[] = [
  [{}, { privileged: true }, 'broadens', 'agent is privileged now: no wall of the kernel is left'],
  [{ privileged: true }, { privileged: false }, 'narrows', 'agent is not privileged any more'],
  [{}, { use_api_socket: true }, 'broadens', 'agent can now command the container engine'],
  [
    { read_only: true },
    {},
    'broadens',
    'agent can now write to its root file system (was read-only)',
  ],
  [
    { read_only: false },
    { read_only: true },
    'narrows',
    'agent can no longer write to its root file system',
  ],
  [{}, { cap_add: ['cap_net_admin'] }, 'broadens', 'agent has the capability NET_ADMIN now'],
  [{ cap_add: ['NET_RAW'] }, {}, 'narrows', 'agent no longer has the capability NET_RAW'],
  [
    { cap_drop: ['ALL'] },
    {},
    'broadens',
    "agent has the engine's default capabilities now (was none)",
  ],
  [
    { cap_drop: ['ALL'] },
    { cap_drop: ['NET_RAW'] },
    'broadens',
    "agent has the engine's default capabilities but NET_RAW now (was none)",
  ],
  [{}, { cap_drop: ['all'] }, 'narrows', 'agent has dropped all capabilities now'],
  [
    { cap_drop: ['NET_RAW'] },
    {},
    'broadens',
    'agent may have the capability NET_RAW now (was dropped)',
  ],
  [
    { cap_drop: ['ALL'] },
    { cap_drop: ['ALL', 'NET_RAW'] },
    'neutral',
    'agent: cap_drop is now ["ALL","NET_RAW"] (was ["ALL"])',
  ],
  [
    { security_opt: ['no-new-privileges:true'] },
    {},
    'broadens',
    'agent can now gain privileges through setuid programs',
  ],
  [
    { security_opt: ['no-new-privileges'] },
    { security_opt: ['no-new-privileges=false'] },
    'broadens',
    'agent can now gain privileges through setuid programs',
  ],
  [
    {},
    { security_opt: ['no-new-privileges'] },
    'narrows',
    'agent can no longer gain privileges through setuid programs',
  ],
  [
    {},
    { security_opt: ['seccomp:unconfined'] },
    'broadens',
    "agent: the protection by seccomp is unconfined now (was the engine's own)",
  ],
  [
    {},
    { security_opt: ['seccomp=./profile.json'] },
    'broadens',
    "agent: the protection by seccomp is ./profile.json now (was the engine's own)",
  ],
  [
    { security_opt: ['apparmor=unconfined'] },
    {},
    'narrows',
    "agent: the protection by apparmor is the engine's own now (was unconfined)",
  ],
  [
    { security_opt: ['apparmor=a'] },
    { security_opt: ['apparmor=b'] },
    'broadens',
    'agent: the protection by apparmor is b now (was a)',
  ],
  [
    {},
    { security_opt: ['apparmor=docker-default'] },
    'neutral',
    "agent: the protection by apparmor is docker-default now (was the engine's own)",
  ],
  [
    {},
    { security_opt: ['label:disable'] },
    'broadens',
    "agent: the protection by label is disable now (was the engine's own)",
  ],
  [
    {},
    { security_opt: ['systempaths=unconfined'] },
    'broadens',
    "agent: the protection by systempaths is unconfined now (was the engine's own)",
  ],
  [
    { user: '1000:1000' },
    { user: '0' },
    'broadens',
    'agent runs as 0 now, which is root (was 1000:1000)',
  ],
  [
    { user: '1000' },
    { user: 'root:1000' },
    'broadens',
    'agent runs as root:1000 now, which is root (was 1000)',
  ],
  [
    { user: '1000:1000' },
    {},
    'broadens',
    "agent runs as the image's own user now, perhaps root (was 1000:1000)",
  ],
  [
    { user: '1000:1000' },
    { user: '1000:0' },
    'broadens',
    'agent runs as 1000:0 now (was 1000:1000)',
  ],
  [
    { user: '1000:1000' },
    { user: '${ID:-1000}:${GROUP:-1000}' },
    'broadens',
    'agent runs as ${ID:-1000}:${GROUP:-1000} now (was 1000:1000)',
  ],
  [{ user: '0' }, { user: '1000' }, 'narrows', 'agent runs as 1000 now (was 0)'],
  [{ user: '1000' }, { user: '1001' }, 'neutral', 'agent runs as 1001 now (was 1000)'],
  [{}, { group_add: [999] }, 'broadens', 'agent is in the group 999 now'],
  [
    { runtime: 'runsc' },
    {},
    'broadens',
    "agent runs in the engine's own runtime now, which shares the kernel of the host (was the runtime runsc)",
  ],
  [
    { runtime: 'runsc' },
    { runtime: 'runc' },
    'broadens',
    'agent runs in the runtime runc now, which shares the kernel of the host (was the runtime runsc)',
  ],
  [
    {},
    { runtime: 'runsc' },
    'narrows',
    "agent runs in the runtime runsc now (was the engine's own runtime)",
  ],
  [
    { runtime: 'runsc' },
    { runtime: 'kata' },
    'neutral',
    'agent runs in the runtime kata now (was the runtime runsc)',
  ],
  [
    {},
    { runtime: 'nvidia' },
    'broadens',
    "agent runs in the runtime nvidia now (was the engine's own runtime)",
  ],
  [{}, { pid: 'host' }, 'broadens', 'agent shares the process table of the host now (was its own)'],
  [
    { ipc: 'private' },
    { ipc: 'shareable' },
    'broadens',
    'agent: its shared memory is shareable now (was its own)',
  ],
  [
    { ipc: 'host' },
    { ipc: 'private' },
    'narrows',
    'agent has a shared memory of its own now (was host)',
  ],
  [{}, { ipc: 'private' }, 'neutral', 'agent has a shared memory of its own now (was its own)'],
  [
    {},
    { userns_mode: 'host' },
    'broadens',
    'agent shares the user namespace of the host now (was its own)',
  ],
  [{}, { uts: 'host' }, 'broadens', 'agent shares the host name of the host now (was its own)'],
  [
    {},
    { cgroup: 'host' },
    'broadens',
    'agent shares the control group of the host now (was its own)',
  ],
  [
    {},
    { cgroup_parent: '/x' },
    'broadens',
    'agent is under the limits of the control group /x now',
  ],
  [{}, { devices: ['/dev/kvm'] }, 'broadens', 'agent can now use the device /dev/kvm'],
  [
    { devices: [{ source: '/dev/kvm' }] },
    {},
    'narrows',
    'agent can no longer use the device /dev/kvm',
  ],
  [{}, { gpus: 'all' }, 'broadens', 'agent can now use the device all'],
];

const mounts: Row[] = [
  [
    { volumes: [src] },
    with_(src, { read_only: false }),
    'broadens',
    'agent can now write to /workspace (was read-only)',
  ],
  [
    with_(src, { read_only: undefined }),
    { volumes: [src] },
    'narrows',
    'agent can no longer write to /workspace',
  ],
  [
    { volumes: ['../src:/workspace:ro'] },
    { volumes: ['../src:/workspace'] },
    'broadens',
    'agent can now write to /workspace (was read-only)',
  ],
  [{}, { volumes: [src] }, 'broadens', 'agent can now read ../src of the host at /workspace'],
  [{}, { volumes: [data] }, 'broadens', 'agent can now write to /data, which is the volume data'],
  [{}, { volumes: ['/scratch'] }, 'broadens', 'agent can now write to /scratch, which is a volume'],
  [
    {},
    { volumes: ['${HOME:?home}:/home:ro,z'] },
    'broadens',
    'agent can now read ${HOME:?home} of the host at /home',
  ],
  [{ volumes: [src] }, {}, 'narrows', 'agent has nothing mounted at /workspace any more'],
  [
    { volumes: [src] },
    with_(src, { source: '..' }),
    'broadens',
    'agent sees more of the host at /workspace: .. (was ../src)',
  ],
  [
    { volumes: [src] },
    with_(src, { source: '../src/lib/' }),
    'narrows',
    'agent sees less of the host at /workspace: ../src/lib/ (was ../src)',
  ],
  [
    { volumes: [src] },
    with_(src, { source: '../other' }),
    'broadens',
    'agent sees something else of the host at /workspace: ../other (was ../src)',
  ],
  [
    with_(src, { source: '/srv/app/src' }),
    with_(src, { source: '/' }),
    'broadens',
    'agent sees more of the host at /workspace: / (was /srv/app/src)',
  ],
  [
    with_(src, { source: '~/src' }),
    with_(src, { source: '~' }),
    'broadens',
    'agent sees more of the host at /workspace: ~ (was ~/src)',
  ],
  [
    { volumes: [src] },
    with_(src, { source: '/dev/null' }),
    'narrows',
    'agent sees nothing at /workspace: /dev/null (was ../src)',
  ],
  [
    { volumes: [data] },
    with_(data, { source: 'other' }),
    'neutral',
    'agent has another volume at /data: other (was data)',
  ],
  [
    { volumes: [data] },
    with_(data, { type: 'bind', source: '/srv' }),
    'broadens',
    'agent has /srv of the host at /data now (was the volume data)',
  ],
  [
    { volumes: [src] },
    with_(src, { bind: { propagation: 'rshared' } }),
    'broadens',
    'agent: mounts below /workspace pass between it and the host now',
  ],
  [
    with_(src, { bind: { create_host_path: false } }),
    { volumes: [src] },
    'broadens',
    'agent: a missing source of /workspace is made as root now',
  ],
  [
    with_(src, { bind: {} }),
    with_(src, { bind: { create_host_path: false } }),
    'narrows',
    'agent: a missing source of /workspace stops the start now',
  ],
  [
    with_(data, { volume: { subpath: 'a' } }),
    with_(data, { volume: {} }),
    'broadens',
    'agent sees the whole of it at /data now',
  ],
  [
    with_(src, { bind: { selinux: 'z' } }),
    with_(src, { bind: { selinux: 'Z' } }),
    'neutral',
    'agent: mount at /workspace: bind selinux is now Z (was z)',
  ],
  [
    { volumes: [src, mask] },
    { volumes: [src] },
    'broadens',
    '/workspace/.env is no longer hidden from agent',
  ],
  [
    { volumes: [src] },
    { volumes: [src, mask] },
    'narrows',
    '/workspace/.env is hidden from agent now',
  ],
  [
    { volumes: [src], tmpfs: ['/workspace/.git:size=0'] },
    { volumes: [src] },
    'broadens',
    '/workspace/.git is no longer hidden from agent',
  ],
  [
    {
      volumes: [
        { ...src, read_only: false },
        { ...src, source: '../src/.git', target: '/workspace/.git' },
      ],
    },
    { volumes: [{ ...src, read_only: false }] },
    'broadens',
    'agent can now write to /workspace/.git (was read-only in /workspace)',
  ],
  [{}, { tmpfs: ['/tmp:size=64m'] }, 'broadens', 'agent can now write to /tmp, in memory'],
  [
    {},
    { tmpfs: '/tmp' },
    'broadens',
    'agent can now fill the memory through /tmp, which has no size',
  ],
  [{ tmpfs: ['/tmp:size=64m'] }, {}, 'narrows', 'agent has nothing mounted at /tmp any more'],
  [
    { tmpfs: ['/tmp:size=64m'] },
    { tmpfs: ['/tmp:size=1g'] },
    'broadens',
    'agent may use more memory at /tmp: 1g (was 64m)',
  ],
  [
    { tmpfs: ['/tmp:size=64m,mode=1777'] },
    { tmpfs: ['/tmp:mode=1777'] },
    'broadens',
    'agent has no limit on memory at /tmp (was 64m)',
  ],
  [
    { tmpfs: ['/tmp:size=64m,nr_inodes=10'] },
    { tmpfs: ['/tmp:size=64m,nr_inodes=9'] },
    'narrows',
    'agent may use fewer files at /tmp: 9 (was 10)',
  ],
  [
    { tmpfs: ['/tmp:noexec,size=1m'] },
    { tmpfs: ['/tmp:exec,size=1m'] },
    'broadens',
    'agent can now execute programs in /tmp',
  ],
  [
    { tmpfs: ['/tmp:size=1m,suid'] },
    { tmpfs: ['/tmp:size=1m'] },
    'narrows',
    'agent can no longer use setuid programs in /tmp',
  ],
  [
    { tmpfs: ['/tmp:size=1m'] },
    { tmpfs: ['/tmp:size=1m,ro'] },
    'narrows',
    'agent can no longer write to /tmp',
  ],
  [
    { tmpfs: ['/tmp:size=1m,uid=${A:-1}'] },
    { tmpfs: ['/tmp:size=1m,uid=${B:-1}'] },
    'neutral',
    'agent: tmpfs at /tmp is now size=1m,uid=${B:-1} (was size=1m,uid=${A:-1})',
  ],
  [{}, { volumes_from: ['web'] }, 'broadens', 'agent has the mounts of ["web"] now'],
  [{}, { secrets: ['key'] }, 'broadens', 'agent can now read the secret key'],
];

const limits: Row[] = [
  [{ mem_limit: '4g' }, { mem_limit: '8g' }, 'broadens', 'agent may use more memory: 8g (was 4g)'],
  [
    { mem_limit: '4g' },
    { mem_limit: '512m' },
    'narrows',
    'agent may use less memory: 512m (was 4g)',
  ],
  [{ mem_limit: '4g' }, {}, 'broadens', 'agent has no limit on memory (was 4g)'],
  [{ mem_limit: '4g' }, { mem_limit: 0 }, 'broadens', 'agent has no limit on memory (was 4g)'],
  [{}, { mem_limit: '4g' }, 'narrows', 'agent may use less memory: 4g (was unlimited)'],
  [
    { mem_limit: '4g' },
    { mem_limit: 4294967296 },
    'neutral',
    'agent: memory is now 4294967296 (was 4g)',
  ],
  [
    { mem_limit: '4g' },
    { mem_limit: '${MEM:-4g}' },
    'broadens',
    'agent: the limit on memory is ${MEM:-4g} now (was 4g)',
  ],
  [
    { mem_limit: '${MEM:-4g}' },
    { mem_limit: '4g' },
    'narrows',
    'agent: the limit on memory is 4g now (was ${MEM:-4g})',
  ],
  [
    { memswap_limit: '4g' },
    { memswap_limit: -1 },
    'broadens',
    'agent has no limit on memory and swap together (was 4g)',
  ],
  [{ cpus: 2 }, { cpus: '2.5' }, 'broadens', 'agent may use more CPU: 2.5 (was 2)'],
  [
    { pids_limit: 256 },
    { pids_limit: -1 },
    'broadens',
    'agent has no limit on processes (was 256)',
  ],
  [
    { pids_limit: 256 },
    { pids_limit: 100 },
    'narrows',
    'agent may use fewer processes: 100 (was 256)',
  ],
  [
    { shm_size: '64m' },
    { shm_size: '128m' },
    'broadens',
    'agent may use more shared memory: 128m (was 64m)',
  ],
  [
    { shm_size: '16m' },
    {},
    'broadens',
    "agent may use more shared memory: the engine's default (was 16m)",
  ],
  [
    { ulimits: { nofile: { soft: 10, hard: 20 } } },
    { ulimits: { nofile: { soft: 10, hard: 30 } } },
    'broadens',
    'agent may use more open files: 30 (was 20)',
  ],
  [
    { ulimits: { core: 0 } },
    { ulimits: {} },
    'broadens',
    'agent has no limit on core dumps (was 0)',
  ],
  [
    { ulimits: { nofile: 20 } },
    { ulimits: { nofile: { soft: 20, hard: 20 } } },
    'neutral',
    'agent: ulimit nofile is now {"soft":20,"hard":20} (was 20)',
  ],
  [
    { deploy: { resources: { limits: { memory: '1g' } } } },
    { deploy: { resources: { limits: { memory: '2g' } } } },
    'broadens',
    'agent may use more memory: 2g (was 1g)',
  ],
  [
    { deploy: { resources: { limits: { pids: 5 } } } },
    {},
    'broadens',
    'agent has no limit on processes (was 5)',
  ],
  [{}, { deploy: { replicas: 2 } }, 'neutral', 'agent: deploy replicas is now 2'],
  [{}, { oom_kill_disable: true }, 'broadens', 'agent is not stopped when memory runs out'],
];

const rest: Row[] = [
  [
    { healthcheck: { test: ['CMD', 'x'] } },
    {},
    'broadens',
    'agent: its health is not checked any more',
  ],
  [
    { healthcheck: { test: ['CMD', 'x'] } },
    { healthcheck: { disable: true } },
    'broadens',
    'agent: its health is not checked any more',
  ],
  [
    { healthcheck: { test: ['CMD', 'x'] } },
    { healthcheck: { test: ['NONE'] } },
    'broadens',
    'agent: its health is not checked any more',
  ],
  [{}, { healthcheck: { test: 'x' } }, 'narrows', 'agent: its health is checked now'],
  [
    { healthcheck: { test: 'x', interval: '30s' } },
    { healthcheck: { test: 'x', interval: '1h' } },
    'neutral',
    'agent: health check interval is now 1h (was 30s)',
  ],
  [
    { logging: { driver: 'json-file' } },
    { logging: { driver: 'none' } },
    'broadens',
    'agent leaves no log any more',
  ],
  [
    { logging: { driver: 'none' } },
    { logging: { driver: 'local' } },
    'narrows',
    'agent leaves a log now',
  ],
  [
    { logging: { driver: 'syslog' } },
    { logging: { driver: 'local' } },
    'neutral',
    'agent: logging driver is now local (was syslog)',
  ],
  [
    { logging: { options: { 'max-size': '1m' } } },
    { logging: { options: { 'max-size': '2m' } } },
    'neutral',
    'agent: logging max-size is now 2m (was 1m)',
  ],
  [
    { logging: { options: {} } },
    { logging: { options: { mode: 'non-blocking' } } },
    'broadens',
    'agent: log records may be lost now',
  ],
  [
    { image: `a${D}` },
    { image: 'a:1' },
    'broadens',
    `agent: the image is a:1 now, which no digest pins (was a${D})`.slice(0, 0),
  ],
  [{ image: 'a:1' }, { image: 'b:1' }, 'neutral', 'agent: the image is b:1 now (was a:1)'],
  [
    { build: {} },
    { build: { privileged: true } },
    'broadens',
    'agent is built with privileges now',
  ],
  [
    { build: {} },
    { build: { ssh: ['default'] } },
    'broadens',
    'agent is built with the SSH key default now',
  ],
  [
    { build: { secrets: ['a'] } },
    { build: {} },
    'narrows',
    'agent is built without the secret a now',
  ],
  [
    { build: {} },
    { build: { additional_contexts: { home: '/root' } } },
    'broadens',
    'agent is also built from /root now',
  ],
  [
    { build: { args: { A: '1' } } },
    { build: { args: { A: '2' } } },
    'neutral',
    'agent: build argument A is now 2 (was 1)',
  ],
  [
    { environment: { A: '1' } },
    { environment: { A: '2' } },
    'neutral',
    'agent: environment variable A is 2 now (was 1)',
  ],
  [
    { environment: ['A=1=2'] },
    { environment: { A: '1=2', B: '' } },
    'neutral',
    'agent: environment variable B is "" now',
  ],
  [{}, { env_file: '.env' }, 'neutral', 'agent: environment from is now .env'],
  [{ labels: { a: 'b' } }, {}, 'neutral', 'agent: label a is not set any more'],
  [
    { command: ['a', 'b'] },
    { command: ['a'] },
    'neutral',
    'agent: command is now ["a"] (was ["a","b"])',
  ],
  [
    {},
    { post_start: [{ command: 'x', user: 'root' }] },
    'broadens',
    'agent runs other hooks now: [{"command":"x","user":"root"}]',
  ],
  [
    {},
    { extends: { file: 'x.yml', service: 'y' } },
    'broadens',
    'agent takes settings from {"file":"x.yml","service":"y"} now',
  ],
  [{}, { 'x-new': { deep: { er: 1 } } }, 'neutral', 'agent: x-new is now {"deep":{"er":1}}'],
  [{ sysctls: { a: 1 } }, {}, 'neutral', 'agent: kernel setting a is not set any more'],
  [{}, { constructor: 'x' }, 'neutral', 'agent: constructor is now x'],
];

describe.each<[string, Row[]]>([
  ['the network', network],
  ['privileges', privileges],
  ['mounts', mounts],
  ['limits', limits],
  ['everything else', rest],
])('a difference in %s', (_, rows) => {
  it.each(rows)('%j → %j %s', (before, after, effect, summary) => {
    const verdicts = [...diffService('agent', before, after)];
    expect(verdicts).toEqual([expect.objectContaining({ effect })]);
    if (summary !== '') expect(verdicts[0]!.summary).toBe(summary);
  });
});

describe('the way back', () => {
  const walls = [...network, ...privileges, ...mounts, ...limits, ...rest].filter(
    ([, , effect]) => effect !== 'neutral',
  );
  /** What cannot be compared broadens both ways: somebody has to look. */
  const either = /service:web|apparmor is b|something else/;

  it.each(walls)('%j → %j is never %s too', (before, after, effect, summary) => {
    const [back] = [...diffService('agent', after, before)];
    if (either.test(summary)) expect(back!.effect).toBe('broadens');
    else expect(back!.effect).toBe(effect === 'broadens' ? 'narrows' : 'broadens');
  });
});

describe('a new service', () => {
  const hardened: Plain = {
    image: 'a',
    network_mode: 'none',
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    user: '1000:1000',
    tmpfs: ['/tmp:size=1m'],
    mem_limit: '4g',
    memswap_limit: '4g',
    cpus: 2,
    pids_limit: 256,
    healthcheck: { test: ['CMD', 'x'] },
    environment: { A: 'b' },
    logging: { driver: 'json-file' },
  };

  it('gives no reason to look when every wall stands', () => {
    expect([...departures('agent', hardened)]).toEqual([]);
  });

  it('is told wall by wall, and without a before that never was', () => {
    const summaries = [...departures('agent', {})].map(({ summary }) => summary);
    expect(summaries).toEqual([
      'agent can now reach the networks of its project',
      'agent can now write to its root file system',
      "agent has the engine's default capabilities now",
      'agent can now gain privileges through setuid programs',
      "agent runs as the image's own user now, perhaps root",
      'agent has no limit on memory',
      'agent has no limit on memory and swap together',
      'agent has no limit on CPU',
      'agent has no limit on processes',
      'agent: its health is not checked',
    ]);
  });

  it('is told by what it sees of the host', () => {
    const verdicts = [...departures('agent', { ...hardened, volumes: [src] })];
    expect(verdicts).toMatchObject([
      { before: undefined, summary: 'agent can now read ../src of the host at /workspace' },
    ]);
  });
});

describe('any two services', () => {
  const value = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>;
  const mount = fc.constantFrom<unknown>(src, data, mask, '/x', '../a:/b:ro', { type: 'tmpfs' }, 7);
  const service = fc.record(
    {
      network_mode: fc.oneof(fc.constantFrom('none', 'host', 'bridge'), value),
      volumes: fc.oneof(fc.array(mount, { maxLength: 3 }), value),
      tmpfs: fc.oneof(
        fc.array(fc.constantFrom('/tmp', '/workspace/a:size=1m,exec'), { maxLength: 2 }),
        value,
      ),
      ulimits: value,
      ports: value,
      security_opt: value,
      cap_drop: value,
      logging: value,
      build: value,
      deploy: value,
      mem_limit: value,
      user: value,
      healthcheck: value,
      other: value,
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Plain>;

  it('are compared without an accident, whatever is in them', () => {
    fc.assert(
      fc.property(service, service, (before, after) => {
        expect([...diffService('agent', before, before)]).toEqual([]);
        for (const { summary, effect } of diffService('agent', before, after)) {
          expect(['broadens', 'narrows', 'neutral']).toContain(effect);
          expect(summary).toMatch(/agent/);
        }
        expect([...departures('agent', after)].every(({ effect }) => effect === 'broadens')).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });
});
