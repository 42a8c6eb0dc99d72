import { cpuPercent, version1, version2 } from '../../lib/engine/usage';

test('control groups v1: the inactive file cache of all groups below is no use of memory', () => {
  const files: Readonly<Record<string, string>> = {
    'cpuacct/cpuacct.usage': '123000\n',
    'memory/memory.usage_in_bytes': '1000\n',
    'memory/memory.stat': 'inactive_file 1\ntotal_inactive_file 300\n',
    'memory/memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 2\n',
    'pids/pids.current': '7\n',
  };
  expect(version1((controller, file) => files[`${controller}/${file}`])).toMatchObject({
    cpuNanoseconds: 123_000,
    memoryBytes: 700,
    pids: 7,
    oomKills: 2,
  });
});

test('control groups v2', () => {
  const files: Readonly<Record<string, string>> = {
    'cpu.stat': 'usage_usec 123\nuser_usec 100\n',
    'memory.current': '1000\n',
    'memory.stat': 'anon 5\ninactive_file 300\n',
    'memory.events': 'low 0\noom 3\noom_kill 2\noom_group_kill 0\n',
    'pids.current': '7\n',
  };
  expect(version2((file) => files[file])).toMatchObject({
    cpuNanoseconds: 123_000,
    memoryBytes: 700,
    pids: 7,
    oomKills: 2,
  });
});

test.each([
  ['missing', undefined],
  ['empty', ''],
  ['no number', 'max\n'],
])('a file that is %s leaves its figure out', (_what, text) => {
  expect(version2(() => text)).toEqual({ at: expect.any(Number) as number });
});

test('CPU is what was used between two looks, in percent of one', () => {
  expect(cpuPercent({ at: 0, cpuNanoseconds: 0 }, { at: 1000, cpuNanoseconds: 5e8 })).toBe(50);
  expect(cpuPercent({ at: 0, cpuNanoseconds: 0 }, { at: 0, cpuNanoseconds: 5 })).toBeUndefined();
  expect(cpuPercent({ at: 0, cpuNanoseconds: 9 }, { at: 1, cpuNanoseconds: 5 })).toBeUndefined();
  expect(cpuPercent({ at: 0 }, { at: 1, cpuNanoseconds: 5 })).toBeUndefined();
});
