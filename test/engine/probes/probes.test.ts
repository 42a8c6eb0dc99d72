/** Every wall stands on a sound service, and falls, it and no other, by what takes it away. */
import * as fc from 'fast-check';
import * as os from 'node:os';
import { PROBES } from '../../../lib/engine/probes';
import { covers, expectedNetworks } from '../../../lib/engine/probes/network';
import { bytesOf } from '../../../lib/engine/probes/sizes';
import {
  config,
  evidenceOf,
  folder,
  host,
  inside,
  judged,
  process0,
  seen,
  sources,
  type Change,
  type Subject,
} from '../helpers/judged';
import { soundSubject } from '../helpers/subject';

const peer = (subject: Subject) => {
  const other = soundSubject(folder).service;
  other.service = 'other';
  other.container.Mounts = [];
  seen(other.processes)[0]!.namespaces = { net: 'net:[8]', user: 'user:[3]' };
  subject.peers = [other];
  return other;
};

test('a sound service stands behind every wall', () => {
  expect(judged(() => undefined)).toEqual({});
  expect(judged((subject) => void peer(subject))).toEqual({});
});

/** As a tmpfs of the local driver is. */
const volume = { target: '/cache', isWritable: true, isBounded: true };

const CASES: readonly (readonly [what: string, walls: readonly string[], change: Change])[] = [
  ['an interface', ['N1', 'N13'], (s) => seen(s.service.network).interfaces.push('eth0')],
  ['a route', ['N1', 'N6'], (s) => seen(s.service.network).routes.push('eth0 0.0.0.0/0')],
  ['an address', ['N1'], (s) => seen(s.service.network).addresses.push('10.0.0.2')],
  ['an IPv6 address', ['N1', 'N4'], (s) => seen(s.service.network).addresses.push('fe80::1')],
  ['a connection inside', ['N1', 'N6'], (s) => inside(s, 'network-connect')],
  ['a ping inside', ['N4'], (s) => inside(s, 'network-icmp')],
  ['a name resolved inside', ['N2'], (s) => inside(s, 'network-resolve')],
  ['a resolver', ['N2', 'D1'], (s) => (host(s).Dns = ['8.8.8.8'])],
  ['a name of the host', ['N6', 'D1'], (s) => (host(s).ExtraHosts = ['h:host-gateway'])],
  [
    'an attached network',
    ['N13'],
    (s) => (s.service.container.NetworkSettings.Networks!.bridge = {} as never),
  ],
  ['a namespace that is joined', ['N12', 'D1'], (s) => (host(s).PidMode = 'container:x')],
  [
    'a namespace of a peer',
    ['N12'],
    (s) => (seen(peer(s).processes)[0]!.namespaces.net = 'net:[1]'),
  ],
  [
    'an output of a peer',
    ['N12'],
    (s) =>
      peer(s).container.Mounts.push({ Type: 'bind', Source: '/home/me/out', RW: true } as never),
  ],
  [
    'a part of an output of a peer',
    ['N12'],
    (s) =>
      peer(s).container.Mounts.push({
        Type: 'bind',
        Source: '/home/me/out/sub',
        RW: true,
      } as never),
  ],
  ['a writable root', ['F1', 'D1'], (s) => (host(s).ReadonlyRootfs = false)],
  ['a writable source', ['F1', 'D1'], (s) => (s.service.container.Mounts[0]!.RW = true)],
  ['a source that was mounted anew', ['F1'], (s) => (seen(s.service.mounts)[1]!.readOnly = false)],
  ['a source that is not mounted', ['F1'], (s) => seen(s.service.mounts).splice(1, 1)],
  ['a secret that came later', ['F2'], (s) => sources(s)[0]!.secrets.push('id_rsa')],
  ['a mask that was taken off', ['F2'], (s) => seen(s.service.mounts).splice(2, 1)],
  [
    'a mask that holds something',
    ['F2'],
    (s) => (seen(s.service.mounts)[2]!.root = '/home/me/src/.env'),
  ],
  ['a socket', ['F3'], (s) => (sources(s)[0]!.isSocket = true)],
  ['the socket of the engine', ['F3'], (s) => (sources(s)[0]!.real = '/run/docker.sock')],
  ['a socket seen inside', ['F3'], (s) => inside(s, 'engine-socket')],
  ['a folder of keys', ['F4'], (s) => (sources(s)[0]!.real = `${os.homedir()}/.ssh`)],
  ['a trap', ['F5'], (s) => sources(s)[1]!.traps.push('x: a link to /etc')],
  ['a full disk', ['F6'], (s) => (sources(s)[1]!.freeBytes = 2 ** 20)],
  [
    'memory without inodes limit',
    ['F6'],
    (s) => (seen(s.service.mounts)[3]!.options = ['size=64m']),
  ],
  ['memory without size', ['F6'], (s) => (seen(s.service.mounts)[3]!.options = ['nr_inodes=1000'])],
  ['a process that may gain rights', ['F7'], (s) => (process0(s).noNewPrivileges = false)],
  ['a setuid program', ['F7'], (s) => seen(s.service.setuid).push('/usr/bin/su')],
  ['an output of root', ['F8'], (s) => (sources(s)[1]!.uid = 0)],
  [
    'an output that the engine makes',
    ['F8'],
    (s) => (s.service.described.volumes![1]!.bind = { create_host_path: true }),
  ],
  ['an output that cannot be written', ['F8'], (s) => inside(s, 'writable')],
  ['a privileged container', ['K1', 'D1'], (s) => (host(s).Privileged = true)],
  ['an added capability', ['K1', 'D1'], (s) => (host(s).CapAdd = ['NET_RAW'])],
  ['capabilities that are not dropped', ['K1', 'D1'], (s) => (host(s).CapDrop = ['NET_RAW'])],
  ['the user root', ['K1', 'D1'], (s) => (config(s).User = 'root')],
  ['no user', ['K1', 'D1'], (s) => (config(s).User = '')],
  ['a process of root', ['K1'], (s) => (process0(s).uids[1] = 0)],
  ['a process with a capability', ['K1'], (s) => (process0(s).capabilities.bounding = 1n)],
  [
    'no seccomp profile',
    ['K2', 'D1'],
    (s) => (host(s).SecurityOpt = ['no-new-privileges', 'seccomp=unconfined']),
  ],
  [
    'no seccomp profile of the engine',
    ['K2'],
    (s) => (s.engine.info.SecurityOptions = ['name=seccomp,profile=unconfined']),
  ],
  ['a process without a filter', ['K2'], (s) => (process0(s).seccomp = 0)],
  ['a system call that works', ['K2'], (s) => seen(s.service.systemCalls).set('unshare', 'ok')],
  ['a system call of which nobody knows', ['K2'], (s) => seen(s.service.systemCalls).delete('bpf')],
  ['a device', ['K3', 'D1'], (s) => (host(s).Devices = [{}])],
  ['a graphics card', ['K3'], (s) => (host(s).DeviceRequests = [{}])],
  ['a rule for devices', ['K3'], (s) => (host(s).DeviceCgroupRules = ['a *:* rwm'])],
  ['paths that are not masked', ['K3'], (s) => (host(s).MaskedPaths = [])],
  ['paths that can be written', ['K3'], (s) => (host(s).ReadonlyPaths = null)],
  ['no limit of processes', ['K4', 'D1'], (s) => (host(s).PidsLimit = null)],
  ['more processes than described', ['K4'], (s) => (seen(s.service.limits).pids = 65)],
  ['no limit of memory', ['K5', 'D1'], (s) => (host(s).Memory = 0)],
  ['swap', ['K5'], (s) => (seen(s.service.limits).memoryAndSwap = Infinity)],
  ['more CPUs', ['K5', 'D1'], (s) => (host(s).NanoCpus = 4e9)],
  ['core dumps', ['K6'], (s) => (process0(s).ulimits['Max core file size'] = [0, Infinity])],
  ['a process whose limits are not told', ['K6'], (s) => (process0(s).ulimits = {})],
  ['more open files', ['K6'], (s) => (process0(s).ulimits['Max open files'] = [10, 2048])],
  ['a process in the group of root', ['K1'], (s) => (process0(s).groups = [0])],
  [
    'a volume that is a folder of keys',
    ['F4'],
    (s) => seen(s.service.volumes).push({ ...volume, device: '/home/me/.ssh' }),
  ],
  [
    'a volume that holds the engine’s socket',
    ['F3'],
    (s) => seen(s.service.volumes).push({ ...volume, device: '/var/run/docker.sock' }),
  ],
  [
    'a volume without a size',
    ['F6'],
    (s) => seen(s.service.volumes).push({ ...volume, isBounded: false }),
  ],
  ['another runtime', ['K7'], (s) => (host(s).Runtime = 'crun')],
  ['an old engine', ['K8'], (s) => (s.engine.version.Version = '18.09.0')],
  ['a secret variable', ['S1', 'D1'], (s) => (config(s).Env = ['HOME=/tmp', 'API_TOKEN=real'])],
  [
    'a secret in the image',
    ['S1'],
    (s) => seen(s.service.image).Config!.Env!.push('DB_PASSWORD=real'),
  ],
  [
    'a secret in a layer',
    ['S1'],
    (s) => seen(s.service.history).push('RUN |1 NPM_TOKEN=real /bin/sh'),
  ],
  [
    'a file that is not root’s',
    ['S2'],
    (s) => (seen(s.service.ownFiles).get('python3')!.uid = 1000),
  ],
  [
    'a file that can be written',
    ['S2'],
    (s) => (seen(s.service.ownFiles).get('healthcheck.py')!.mode = 0o666),
  ],
  [
    'an interpreter that can be traced',
    ['S2'],
    (s) => (seen(s.service.ownFiles).get('python3')!.mode = 0o555),
  ],
  [
    'another health check',
    ['S2'],
    (s) => (seen(s.service.ownFiles).get('healthcheck.py')!.sha256 = 'other'),
  ],
  ['no health check', ['S2'], (s) => seen(s.service.ownFiles).delete('healthcheck.json')],
  [
    'a mount over the health check',
    ['S2', 'F6'],
    (s) =>
      seen(s.service.mounts).push({
        target: '/usr/local',
        type: 'tmpfs',
        readOnly: false,
        options: [],
        root: '/',
      }),
  ],
  [
    'a library before all others',
    ['S2', 'D1'],
    (s) => (config(s).Env = ['HOME=/tmp', 'LD_PRELOAD=/x']),
  ],
  ['another test', ['S2', 'D1'], (s) => (config(s).Healthcheck = { Test: ['NONE'] })],
  ['an edited file', ['D1'], (s) => s.sandbox.changed.push('compose.yaml')],
  ['a variable that changed', ['D1'], (s) => (config(s).Env = ['HOME=/'])],
  ['a variable that is gone', ['D1'], (s) => (config(s).Env = null)],
  [
    'a variable that nobody described',
    ['D1'],
    (s) => (config(s).Env = ['HOME=/tmp', 'PATH=/bin', 'EDITOR=vi']),
  ],
  ['another program', ['D1'], (s) => (config(s).Cmd = ['sh'])],
  ['a program before it', ['D1'], (s) => (config(s).Entrypoint = ['sh', '-c'])],
  ['another place to begin', ['D1'], (s) => (config(s).WorkingDir = '/output')],
  [
    'an image of other files',
    ['D1'],
    (s) => (seen(s.service.image).Config!.Labels = { 'dev.sandbox-cdk.inputs': 'old' }),
  ],
];

test('an image that something else built leaves open what it holds', () => {
  expect(judged((s) => (seen(s.service.image).Config!.Labels = {}))).toEqual({ D1: 'unproven' });
});

test.each(CASES)('%s breaks %j and no other', (_what, walls, change) => {
  const broken = Object.fromEntries(walls.map((id) => [id, 'broken']));
  expect(judged(change)).toEqual(broken);
});

test('every probe has a case that breaks it', () => {
  const broken = new Set(CASES.flatMap(([, walls]) => walls));
  expect(PROBES.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
});

test('what cannot be seen never throws, and never breaks a wall', () => {
  const facts = [
    'image',
    'history',
    'processes',
    'network',
    'mounts',
    'limits',
    'health',
    'systemCalls',
    'ownFiles',
    'setuid',
    'sources',
  ] as const;
  fc.assert(
    fc.property(fc.subarray([...facts]), (hidden) => {
      const found = judged(({ service }) => {
        for (const name of hidden) service[name] = { unseen: 'hidden' };
      });
      expect(Object.values(found).filter((verdict) => verdict !== 'unproven')).toEqual([]);
      if (hidden.includes('health')) expect(found).toHaveProperty('S1', 'unproven');
    }),
    { numRuns: 60 },
  );
});

test('a wall that can be seen in two ways stands when one of them shows it', () => {
  expect(judged((s) => (s.service.network = { unseen: 'elsewhere' }))).toEqual({});
  expect(judged((s) => (s.service.limits = { unseen: 'elsewhere' }))).toEqual({});
  expect(judged((s) => (s.service.processes = { unseen: 'elsewhere' }))).toEqual({});
});

const KEY = `ghp_${'a1B2'.repeat(10)}`;

test.each([
  [`URL=https://me:${KEY}@example.com`],
  [KEY],
  [`https://${KEY}@example.com/?ref=main`],
  [`https://${KEY}@example.com/?token=${KEY}`],
  [`--token=${KEY}`],
  [`TOKEN=${KEY}`],
])('the key in %s is found wherever it stands, and not told', (word) => {
  for (const change of [
    (s: Subject) => (config(s).Env = ['HOME=/tmp', word]),
    (s: Subject) => (config(s).Cmd = [word]),
    (s: Subject) => seen(s.service.history).push(`RUN ${word}`),
  ]) {
    expect(judged(change)).toMatchObject({ S1: 'broken' });
    for (const id of ['S1', 'D1']) expect(evidenceOf(id, change)).not.toContain('a1B2');
  }
});

test('a value of a secret’s name is never told', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9=]{12,30}$/), (value) => {
      const change = (s: Subject) => (config(s).Env = ['HOME=/tmp', `API_KEY=q7${value}`]);
      expect(evidenceOf('S1', change)).toBe('variable API_KEY');
    }),
  );
});

test('more than three problems are counted', () => {
  const change = (s: Subject) => (host(s).ExtraHosts = ['a:1', 'b:1', 'c:1', 'd:1', 'e:1']);
  expect(evidenceOf('N6', change)).toBe('name a:1, name b:1, name c:1 and 2 more');
});

test.each([
  ['0.0.0.0/0', '172.17.0.1', true],
  ['172.17.0.0/16', '172.17.0.1', true],
  ['172.18.0.0/16', '172.17.0.1', false],
  ['172.17.0.1/32', '172.17.0.1', true],
  ['172.17.0.2/32', '172.17.0.1', false],
  ['192.0.0.0/2', '255.255.255.255', true],
  ['fe80:0000/64', '172.17.0.1', false],
  ['0.0.0.0/0', 'fe80::1', false],
  ['', '172.17.0.1', false],
])('%s leads to %s: %s', (network, address, expected) => {
  expect(covers(network, address)).toBe(expected);
});

test('a network leads to every address of it, and to none beside it', () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), fc.nat(32), (base, address, bits) => {
      const text = (n: number) => [24, 16, 8, 0].map((at) => (n >>> at) & 255).join('.');
      const mask = bits === 0 ? 0 : (-1 << (32 - bits)) >>> 0;
      const expected = (base & mask) >>> 0 === (address & mask) >>> 0;
      expect(covers(`${text(base)}/${bits}`, text(address))).toBe(expected);
    }),
  );
});

test('networks are known by the name that the engine has for them', () => {
  expect(expectedNetworks({ network_mode: 'none' }, {})).toEqual(['none']);
  const networks = { inner: { name: 'lab-1_inner' }, bare: null };
  expect(expectedNetworks({ networks: { inner: null, bare: null } }, networks)).toEqual([
    'lab-1_inner',
    'bare',
  ]);
});

test.each([
  ['512m', 512 * 2 ** 20],
  ['1.5gb', 1.5 * 2 ** 30],
  ['4294967296', 2 ** 32],
  [7, 7],
  ['-1', -1],
  ['many', undefined],
  [undefined, undefined],
])('%j of memory is %j bytes', (text, expected) => {
  expect(bytesOf(text)).toBe(expected);
});
