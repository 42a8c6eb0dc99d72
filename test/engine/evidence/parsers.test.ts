/** What the kernel writes about a container, read from texts as it writes them. */
import { version1, version2 } from '../../../lib/engine/evidence/limits';
import { parseMountInfo } from '../../../lib/engine/evidence/mounts';
import {
  parseDevices,
  parseIpv6Addresses,
  parseIpv6Routes,
  parseLocalAddresses,
  parseRoutes,
} from '../../../lib/engine/evidence/network';
import { parseLimits, parseStatus } from '../../../lib/engine/evidence/processes';
import { parseAnswers } from '../../../lib/engine/evidence/system-calls';
import { parseHealth } from '../../../lib/engine/evidence/inside';
import { readTar } from '../../../lib/engine/evidence/tar';
import * as usage from '../../../lib/engine/usage';

test('the interfaces of a namespace', () => {
  const text = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets
    lo:       0       0    0    0    0     0          0         0        0       0
  eth0:    1226      13    0    0    0     0          0         0        0       0
`;
  expect(parseDevices(text)).toEqual(['eth0', 'lo']);
});

test('routes, without those of loopback and those that refuse', () => {
  const text = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\t0\t0\t0
eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
lo\t0000007F\t00000000\t0001\t0\t0\t0\t000000FF\t0\t0\t0
*\t0000000A\t00000000\t0201\t0\t0\t0\t000000FF\t0\t0\t0
`;
  expect(parseRoutes(text)).toEqual(['eth0 0.0.0.0/0', 'eth0 172.17.0.0/16']);
});

test('IPv6 routes and addresses', () => {
  const route =
    'fe800000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0\n' +
    '00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo\n';
  expect(parseIpv6Routes(route)).toEqual(['eth0 fe80:0000:0000:0000:0000:0000:0000:0000/64']);
  const address =
    '00000000000000000000000000000001 01 80 10 80       lo\nfe80000000000000004211fffe110002 02 40 20 80     eth0\n';
  expect(parseIpv6Addresses(address)).toEqual(['fe80:0000:0000:0000:0042:11ff:fe11:0002']);
});

test('addresses of its own, and neither broadcasts nor loopback', () => {
  const text = `Main:
  +-- 127.0.0.0/8 2 0 2
     |-- 127.0.0.1
        /32 host LOCAL
     |-- 172.17.0.2
        /32 host LOCAL
     |-- 172.17.255.255
        /32 link BROADCAST
`;
  expect(parseLocalAddresses(text)).toEqual(['172.17.0.2']);
});

test('mounts: the later of two at one place, names with blanks', () => {
  const text = `1 2 0:50 / / ro,relatime - overlay overlay rw,lowerdir=/x
3 1 0:51 / /tmp rw,nosuid,nodev,noexec - tmpfs tmpfs rw,size=524288k,nr_inodes=65536
4 1 8:1 /home/a\\040b /workspace rw,relatime master:1 - ext4 /dev/sda1 rw
5 1 8:1 /home/a\\040b /workspace ro,relatime master:1 - ext4 /dev/sda1 rw
`;
  const mounts = parseMountInfo(text);
  expect(mounts.map(({ target, type, readOnly, root }) => [target, type, readOnly, root])).toEqual([
    ['/', 'overlay', true, '/'],
    ['/tmp', 'tmpfs', false, '/'],
    ['/workspace', 'ext4', true, '/home/a b'],
  ]);
  expect(mounts[1]!.options).toContain('size=524288k');
});

test('the state and the limits of a process', () => {
  expect(parseStatus('Name:\tsleep\nUid:\t1000\t1000\t1000\t1000\n').get('Uid')).toBe(
    '1000\t1000\t1000\t1000',
  );
  const text = `Limit                     Soft Limit           Hard Limit           Units
Max core file size        0                    unlimited            bytes
Max open files            1024                 4096                 files
`;
  expect(parseLimits(text)).toEqual({
    'Max core file size': [0, Infinity],
    'Max open files': [1024, 4096],
  });
});

describe('limits', () => {
  const read = (files: Readonly<Record<string, string>>) => (controller: string, file: string) => {
    const value = files[`${controller}/${file}`];
    return value === undefined ? undefined : Number(value);
  };

  test('of control groups version 1', () => {
    const files = {
      'memory/memory.limit_in_bytes': '4294967296',
      'memory/memory.memsw.limit_in_bytes': '9223372036854771712',
      'cpu/cpu.cfs_quota_us': '200000',
      'cpu/cpu.cfs_period_us': '100000',
      'pids/pids.max': '256',
    };
    expect(version1(read(files))).toEqual({
      memory: 2 ** 32,
      memoryAndSwap: Infinity,
      cpus: 2,
      pids: 256,
    });
    expect(version1(read({ ...files, 'cpu/cpu.cfs_quota_us': '-1' })).cpus).toBe(Infinity);
    expect(version1(() => undefined)).toEqual({});
  });

  test('of control groups version 2', () => {
    const files: Record<string, string> = {
      'memory.max': '4294967296\n',
      'memory.swap.max': '0\n',
      'cpu.max': '150000 100000\n',
      'pids.max': 'max\n',
    };
    expect(version2((file) => files[file])).toEqual({
      memory: 2 ** 32,
      memoryAndSwap: 2 ** 32,
      cpus: 1.5,
      pids: Infinity,
    });
    expect(version2(() => undefined)).toEqual({});
  });
});

test('what the kernel answered to system calls', () => {
  const answers = parseAnswers('bpf 1\nkeyctl 0\nmount 13\nunshare 99\nnonsense\n');
  expect(Object.fromEntries(answers)).toEqual({
    bpf: 'EPERM',
    keyctl: 'ok',
    mount: 'EACCES',
    unshare: 'errno 99',
  });
});

test('a health check that says anything but its list is no answer', () => {
  const row = { id: 'uid', verdict: 'proven', evidence: 'uid 1000' };
  expect(parseHealth(JSON.stringify([row]))?.get('uid')).toEqual({
    verdict: 'proven',
    evidence: 'uid 1000',
  });
  for (const text of ['', '{}', 'null', '[1]', '[{"id":"uid","verdict":"fine","evidence":""}]']) {
    expect(parseHealth(text)).toBeUndefined();
  }
});

test('files of an archive, with owner, mode and content', () => {
  const header = Buffer.alloc(512);
  header.write('dir/check.py', 0);
  header.write('0000444\0', 100);
  header.write('0000000\0', 108);
  header.write('0001750\0', 116);
  header.write('00000000005\0', 124);
  header[156] = 0x30;
  const content = Buffer.alloc(512);
  content.write('hello');
  const [entry, ...more] = readTar(Buffer.concat([header, content, Buffer.alloc(1024)]));
  expect(more).toEqual([]);
  expect(entry).toMatchObject({
    name: 'dir/check.py',
    type: 'file',
    uid: 0,
    gid: 1000,
    mode: 0o444,
  });
  expect(entry!.content.toString()).toBe('hello');
});

describe('usage', () => {
  test('of control groups version 1 leaves out the inactive cache', () => {
    const files: Record<string, string> = {
      'cpuacct/cpuacct.usage': '5000000\n',
      'memory/memory.usage_in_bytes': '3000\n',
      'memory/memory.stat': 'cache 9\ntotal_inactive_file 1000\n',
      'pids/pids.current': '3\n',
    };
    expect(usage.version1((controller, file) => files[`${controller}/${file}`])).toMatchObject({
      cpuNanoseconds: 5_000_000,
      memoryBytes: 2000,
      pids: 3,
    });
  });

  test('of control groups version 2 too', () => {
    const files: Record<string, string> = {
      'cpu.stat': 'usage_usec 7\nuser_usec 5\n',
      'memory.current': '3000\n',
      'memory.stat': 'anon 1\ninactive_file 500\n',
      'pids.current': '3\n',
    };
    expect(usage.version2((file) => files[file])).toMatchObject({
      cpuNanoseconds: 7000,
      memoryBytes: 2500,
      pids: 3,
    });
  });

  test('a rate needs two looks and time between them', () => {
    const first = { at: 0, cpuNanoseconds: 0 };
    expect(usage.cpuPercent(first, { at: 200, cpuNanoseconds: 100_000_000 })).toBe(50);
    expect(usage.cpuPercent(first, { at: 0, cpuNanoseconds: 1 })).toBeUndefined();
    expect(usage.cpuPercent(first, { at: 200 })).toBeUndefined();
  });
});
