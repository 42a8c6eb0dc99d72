/** The checks of `healthcheck.py` that ask what the kernel offers: settings, masks, devices, namespaces. */
import { HealthcheckModule } from './python';

const python = new HealthcheckModule();
afterAll(() => python.stop());

describe('kernel-settings', () => {
  const judge = (settings: Record<string, boolean>) =>
    python.judge('judge_settings(settings)', { settings });

  it('is proven when every place of settings is read-only', async () => {
    expect(await judge({ '/proc/sys': true, '/sys': true })).toEqual([
      'proven',
      '2 places of settings are read-only',
    ]);
  });

  it('is broken by one that is not', async () => {
    expect(await judge({ '/proc/sys': true, '/sys': false })).toEqual([
      'broken',
      '/sys is not read-only',
    ]);
  });

  it('is unproven without /proc/sys', async () => {
    expect(await judge({ '/sys': true })).toEqual(['unproven', '/proc/sys is not there']);
  });
});

describe('masked-paths', () => {
  const shows = (path: string) => python.evaluate('shows_something(p)', { p: path });

  it('is proven when none shows anything', async () => {
    expect(await python.judge('judge_masked([])')).toEqual([
      'proven',
      'none shows anything of the host',
    ]);
  });

  it('is broken by one that does', async () => {
    expect(await python.judge('judge_masked(["/proc/kcore"])')).toEqual([
      'broken',
      '/proc/kcore can be read',
    ]);
  });

  it('takes /dev/null and a missing path for masked, a folder and a file with content not', async () => {
    expect(await shows('/dev/null')).toBe(false);
    expect(await shows('/proc/there-is-none')).toBe(false);
    expect(await shows(__dirname)).toBe(true);
    expect(await shows(__filename)).toBe(true);
  });
});

describe('devices', () => {
  const judge = (devices: Record<string, readonly [string, number, number]>) =>
    python.judge('judge_devices({p: tuple(d) for p, d in devices.items()}, DEVICES)', { devices });

  it('is proven by the devices of every container', async () => {
    expect(
      await judge({ '/dev/null': ['character', 1, 3], '/dev/console': ['character', 136, 0] }),
    ).toEqual(['proven', '2 devices, all harmless']);
  });

  it('is broken by a block device, and by a character device that is not one of them', async () => {
    expect(
      await judge({ '/dev/sda': ['block', 8, 0], '/dev/kvm': ['character', 10, 232] }),
    ).toEqual(['broken', 'character device /dev/kvm (10:232); block device /dev/sda (8:0)']);
  });

  it('is broken by a dangerous device behind a harmless name', async () => {
    expect((await judge({ '/dev/null': ['character', 1, 1] }))[0]).toBe('broken');
    expect((await judge({ '/dev/null': ['block', 1, 3] }))[0]).toBe('broken');
  });

  it('is unproven when /dev cannot be read', async () => {
    const overrides = { devices_below: 'lambda folder: os.scandir("/missing")' };
    expect(await python.check('devices', {}, {}, overrides)).toEqual([
      'unproven',
      '/missing: ENOENT',
    ]);
  });

  it('finds devices in folders of /dev, and looks into none where an agent makes files', async () => {
    const found = (await python.evaluate('dict(devices_below("/dev"))')) as object;
    expect(found).toHaveProperty(['/dev/null'], ['character', 1, 3]);
    expect(Object.keys(found).filter((path) => path.startsWith('/dev/shm/'))).toEqual([]);
  });
});

describe('user-namespaces', () => {
  const judge = (code: string) => python.judge('judge_unshare(getattr(errno, code, 0))', { code });

  it('is proven when the kernel refuses', async () => {
    expect(await judge('EPERM')).toEqual(['proven', 'refused: EPERM']);
    expect((await judge('ENOSPC'))[0]).toBe('proven');
  });

  it('is broken when one can be made', async () => {
    expect(await judge('success')).toEqual(['broken', 'a user namespace can be made']);
  });

  it('is unproven on any other failure', async () => {
    expect(await judge('EINVAL')).toEqual(['unproven', 'EINVAL']);
  });

  it('is proven on gVisor, where the namespaces are not those of the host', async () => {
    const overrides = { on_gvisor: 'lambda: True' };
    for (const check of ['user-namespaces', 'kernel-settings']) {
      expect((await python.check(check, {}, {}, overrides))[0]).toBe('proven');
    }
  });

  it('is unproven where Python cannot ask', async () => {
    const overrides = { on_gvisor: 'lambda: False', hasattr: 'lambda *names: False' };
    expect((await python.check('user-namespaces', {}, {}, overrides))[0]).toBe('unproven');
  });

  it('is the last check, since it changes its own process where the wall is broken', async () => {
    expect(await python.evaluate('list(CHECKS)[-1]')).toBe('user-namespaces');
  });
});
