/** The checks of `healthcheck.py` that compare limits: cgroup version 1 and 2, swap, ulimits. */
import fc from 'fast-check';
import { HealthcheckModule, type Files } from './python';

const python = new HealthcheckModule();
afterAll(() => python.stop());

const V2 = '/sys/fs/cgroup';
const V2_PRIVATE: Files = {
  '/proc/self/cgroup': '0::/\n',
  '/proc/self/mountinfo': `30 20 0:28 / ${V2} ro,nosuid - cgroup2 cgroup rw,nsdelegate\n`,
};
const V2_HOST: Files = {
  '/proc/self/cgroup': '0::/system.slice/docker-1.scope\n',
  '/proc/self/mountinfo': V2_PRIVATE['/proc/self/mountinfo']!,
};
const V1: Files = {
  '/proc/self/cgroup':
    '9:name=systemd:/docker/1\n4:cpu,cpuacct:/docker/1\n3:memory:/docker/1\n2:pids:/docker/1\n0::/docker/1\n',
  '/proc/self/mountinfo': ['memory', 'pids', 'cpu,cpuacct']
    .map((name, id) => `${id} 2 0:${id} /docker/1 ${V2}/${name} ro - cgroup cgroup rw,${name}\n`)
    .join(''),
};

describe('memory', () => {
  const check = (files: Files) => python.check('memory', { memoryBytes: 1000 }, files);

  it('is proven by a limit that is equal or lower', async () => {
    for (const limit of ['1000', '999']) {
      expect(await check({ ...V2_PRIVATE, [`${V2}/memory.max`]: `${limit}\n` })).toEqual([
        'proven',
        `${limit} bytes`,
      ]);
    }
  });

  it('is broken by a higher limit and by none', async () => {
    expect(await check({ ...V2_PRIVATE, [`${V2}/memory.max`]: '1001\n' })).toEqual([
      'broken',
      '1001 bytes, more than 1000',
    ]);
    expect(await check({ ...V2_PRIVATE, [`${V2}/memory.max`]: 'max\n' })).toEqual([
      'broken',
      'no limit, 1000 bytes were asked for',
    ]);
  });

  it("finds its own cgroup in the host's namespace, where the top has no limit", async () => {
    const own = `${V2}/system.slice/docker-1.scope/memory.max`;
    expect((await check({ ...V2_HOST, [own]: '1000\n' }))[0]).toBe('proven');
    expect((await check({ ...V2_HOST, [own]: 'max\n' }))[0]).toBe('broken');
  });

  it('takes a lower limit of a cgroup around its own', async () => {
    expect(
      await check({
        ...V2_HOST,
        [`${V2}/system.slice/docker-1.scope/memory.max`]: 'max\n',
        [`${V2}/system.slice/memory.max`]: '900\n',
      }),
    ).toEqual(['proven', '900 bytes']);
  });

  it('reads version 1, and its number for no limit', async () => {
    const file = `${V2}/memory/memory.limit_in_bytes`;
    expect((await check({ ...V1, [file]: '1000\n' }))[0]).toBe('proven');
    expect((await check({ ...V1, [file]: '9223372036854771712\n' }))[0]).toBe('broken');
  });

  it('is unproven when no cgroup is shown, mounted or readable', async () => {
    expect(await check({ '/proc/self/cgroup': '', '/proc/self/mountinfo': '' })).toEqual([
      'unproven',
      'no cgroup is shown',
    ]);
    expect(await check({ ...V2_PRIVATE, '/proc/self/mountinfo': '' })).toEqual([
      'unproven',
      'the memory cgroup is not mounted',
    ]);
    expect(await check(V2_PRIVATE)).toEqual(['unproven', 'the cgroup shows no limit']);
    expect(await check({ ...V2_PRIVATE, [`${V2}/memory.max`]: null })).toEqual([
      'unproven',
      `${V2}/memory.max: EACCES`,
    ]);
  });

  it('is unproven, never proven, when the limit is no number', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        fc.pre(!/^\s*[+-]?\d/.test(text) && text.trim() !== 'max');
        const [verdict] = await check({ ...V2_PRIVATE, [`${V2}/memory.max`]: text });
        expect(verdict).toBe('unproven');
      }),
    );
  });
});

describe('pids', () => {
  const check = (files: Files) => python.check('pids', { pids: 256 }, files);

  it('is proven by a limit, in both versions', async () => {
    expect(await check({ ...V2_PRIVATE, [`${V2}/pids.max`]: '256\n' })).toEqual([
      'proven',
      '256 processes',
    ]);
    expect((await check({ ...V1, [`${V2}/pids/pids.max`]: '256\n' }))[0]).toBe('proven');
  });

  it('is broken without one', async () => {
    expect((await check({ ...V1, [`${V2}/pids/pids.max`]: 'max\n' }))[0]).toBe('broken');
  });

  it('is unproven without a file', async () => {
    expect((await check(V1))[0]).toBe('unproven');
  });
});

describe('cpu', () => {
  const check = (files: Files) => python.check('cpu', { cpus: 1.5 }, files);
  const v1 = (quota: string) => ({
    ...V1,
    [`${V2}/cpu,cpuacct/cpu.cfs_quota_us`]: `${quota}\n`,
    [`${V2}/cpu,cpuacct/cpu.cfs_period_us`]: '100000\n',
  });

  it('is proven by quota and period, in both versions', async () => {
    expect(await check({ ...V2_PRIVATE, [`${V2}/cpu.max`]: '150000 100000\n' })).toEqual([
      'proven',
      '1.5 CPUs',
    ]);
    expect((await check(v1('150000')))[0]).toBe('proven');
  });

  it('forgives that systemd rounds up to whole percents, and no more', async () => {
    expect((await check(v1('151000')))[0]).toBe('proven');
    expect(await check(v1('160000'))).toEqual(['broken', '1.6 CPUs, more than 1.5']);
  });

  it('is broken without a quota', async () => {
    expect((await check({ ...V2_PRIVATE, [`${V2}/cpu.max`]: 'max 100000\n' }))[0]).toBe('broken');
    expect((await check(v1('-1')))[0]).toBe('broken');
  });

  it('is unproven without the files', async () => {
    expect((await check(V1))[0]).toBe('unproven');
    expect((await check({}))[0]).toBe('unproven');
  });
});

describe('swap', () => {
  const SWAPS = 'Filename\tType\tSize\tUsed\tPriority\n';
  const check = (files: Files) => python.check('swap', {}, files);
  const v1 = (both: string) => ({
    ...V1,
    [`${V2}/memory/memory.memsw.limit_in_bytes`]: both,
    [`${V2}/memory/memory.limit_in_bytes`]: '1000\n',
  });

  it('is proven when the cgroup allows none', async () => {
    expect(await check({ ...V2_PRIVATE, [`${V2}/memory.swap.max`]: '0\n' })).toEqual([
      'proven',
      'no swap beyond the memory limit',
    ]);
    expect((await check(v1('1000\n')))[0]).toBe('proven');
  });

  it('is broken when the cgroup allows some, whether or not the machine has any', async () => {
    expect(await check({ ...V2_PRIVATE, [`${V2}/memory.swap.max`]: 'max\n' })).toEqual([
      'broken',
      'swap is allowed beyond the memory limit',
    ]);
    expect((await check({ ...v1('2000\n'), '/proc/swaps': SWAPS }))[0]).toBe('broken');
  });

  it('asks the machine where the kernel does not count swap', async () => {
    expect(await check({ ...V2_PRIVATE, '/proc/swaps': SWAPS })).toEqual([
      'proven',
      'the machine has none',
    ]);
    expect((await check({ ...V2_PRIVATE, '/proc/swaps': `${SWAPS}/dev/sda2 x 1 0 -2\n` }))[0]).toBe(
      'broken',
    );
  });

  it('is unproven when neither answers', async () => {
    expect(await check({ '/proc/self/cgroup': '', '/proc/self/mountinfo': '' })).toEqual([
      'unproven',
      'neither the cgroup nor /proc/swaps answers',
    ]);
  });
});

describe('ulimits', () => {
  const row = (name: string, soft: string, hard: string) =>
    `${name.padEnd(25)} ${soft.padEnd(20)} ${hard.padEnd(20)} units     \n`;
  const limits = (core: string, soft: string, hard: string) =>
    'Limit                     Soft Limit           Hard Limit           Units     \n' +
    row('Max core file size', core, core) +
    row('Max open files', soft, hard);
  const check = (first: string, own = first) =>
    python.check(
      'ulimits',
      { files: { core: 0, nofile: 4096 } },
      { '/proc/1/limits': first, '/proc/self/limits': own },
    );

  it('is proven by limits that are equal or lower', async () => {
    expect(await check(limits('0', '1024', '4096'))).toEqual(['proven', 'core 0, nofile 4096']);
  });

  it('is broken by a hard limit that is higher, however low the soft one is', async () => {
    expect(await check(limits('0', '1024', '524288'))).toEqual([
      'broken',
      'nofile is 524288, more than 4096',
    ]);
    expect((await check(limits('unlimited', '1', '1')))[0]).toBe('broken');
  });

  it('looks at the first process as well as at its own', async () => {
    const right = limits('0', '1', '1');
    const wrong = limits('0', '1', '9999');
    expect((await check(wrong, right))[0]).toBe('broken');
    expect((await check(right, wrong))[0]).toBe('broken');
  });

  it('is unproven when a limit or the file is missing', async () => {
    expect(await check('Limit\n')).toEqual(['unproven', 'core is not shown; nofile is not shown']);
    expect((await python.check('ulimits', { files: { core: 0 } }, {}))[0]).toBe('unproven');
  });
});
