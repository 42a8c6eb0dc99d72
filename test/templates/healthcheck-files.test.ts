/** The checks of `healthcheck.py` that ask about mounts and folders. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { HealthcheckModule } from './python';

const python = new HealthcheckModule();
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'healthcheck-'));
// Property tests take their time on a busy machine.
jest.setTimeout(30_000);

afterAll(() => {
  python.stop();
  fs.rmSync(scratch, { recursive: true });
});

const MOUNTS = `97 72 0:38 / / ro,relatime master:2 - overlay overlay rw,lowerdir=/l,upperdir=/u
98 97 0:41 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
99 97 0:42 / /dev rw,nosuid - tmpfs tmpfs rw,size=65536k,mode=755
100 99 0:43 / /dev/pts rw,nosuid,noexec,relatime - devpts devpts rw,gid=5,mode=620
101 97 0:44 / /sys ro,nosuid,nodev,noexec,relatime - sysfs sysfs ro
102 101 0:45 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime - tmpfs tmpfs rw,mode=755
112 99 0:40 / /dev/mqueue rw,nosuid,nodev,noexec,relatime - mqueue mqueue rw
113 99 0:46 / /dev/shm rw,nosuid,nodev,noexec,relatime - tmpfs shm rw,size=65536k
115 97 254:0 /src /workspace ro,relatime - ext4 /dev/vda rw
116 97 254:0 /out /output rw,relatime - ext4 /dev/vda rw
117 97 254:0 /hosts /etc/hosts ro,relatime - ext4 /dev/vda rw
78 98 0:42 /null /proc/keys rw,nosuid - tmpfs tmpfs rw,size=65536k,mode=755
81 101 0:48 / /sys/firmware ro,relatime - tmpfs tmpfs ro
`;
const mount = (where: string, options = 'rw', kind = 'ext4') =>
  `200 97 254:0 /x ${where} ${options},relatime - ${kind} /dev/vda rw\n`;

describe('read-only', () => {
  const judge = (facts: Record<string, readonly [boolean, string]>, holes: string[] = []) =>
    python.judge(
      'judge_read_only({p: (ro, getattr(errno, c, 0)) for p, (ro, c) in facts.items()}, holes)',
      { facts, holes },
    );
  const holes = (extra: string, readOnly = ['/', '/workspace'], writable = ['/output']) =>
    python.evaluate('writable_mounts(parse_mounts(text), read_only, writable)', {
      text: MOUNTS + extra,
      read_only: readOnly,
      writable,
    });

  it('is proven by a read-only mount that refuses to be written', async () => {
    expect(await judge({ '/': [true, 'EROFS'], '/workspace/.env': [true, 'EACCES'] })).toEqual([
      'proven',
      '2 paths are mounted read-only and refuse writes',
    ]);
  });

  it('is broken when the write succeeds, whatever the mount says', async () => {
    expect(await judge({ '/': [true, 'success'] })).toEqual(['broken', '/ can be written']);
  });

  it('is broken when only permissions stop the write', async () => {
    expect(await judge({ '/': [false, 'EACCES'] })).toEqual([
      'broken',
      '/ is not mounted read-only',
    ]);
  });

  it('is broken when a path is missing', async () => {
    expect(await judge({ '/workspace': [false, 'ENOENT'] })).toEqual([
      'broken',
      '/workspace is missing',
    ]);
  });

  it('is unproven when the write fails for another reason', async () => {
    expect(await judge({ '/': [true, 'EIO'] })).toEqual(['unproven', '/: EIO']);
  });

  it('is broken by a writable mount below a read-only path', async () => {
    expect(await judge({ '/': [true, 'EROFS'] }, ['/workspace/node_modules'])).toEqual([
      'broken',
      '/workspace/node_modules is mounted writable',
    ]);
  });

  it('takes what the engine mounts by itself for no hole', async () => {
    expect(await holes('')).toEqual([]);
  });

  it('finds a hole anywhere, also one that only resembles the mount of an engine', async () => {
    expect(await holes(mount('/workspace/node_modules'))).toEqual(['/workspace/node_modules']);
    expect(await holes(mount('/dev/shm/x') + mount('/proc/x'))).toEqual(['/dev/shm/x', '/proc/x']);
    expect(await holes(mount('/dev/shm', 'rw', 'ext4'))).toEqual(['/dev/shm']);
    expect(await holes(mount('/sys/fs/cgroup', 'rw', 'cgroup2'))).toEqual(['/sys/fs/cgroup']);
  });

  it('takes the nearest path that was asked for', async () => {
    expect(await holes(mount('/output/cache'))).toEqual([]);
    expect(await holes(mount('/outputs'))).toEqual(['/outputs']);
    expect(await holes(mount('/output/.git'), ['/', '/output/.git'])).toEqual(['/output/.git']);
  });

  it('looks at the later of two mounts at one path', async () => {
    expect(await holes(mount('/workspace'))).toEqual(['/workspace']);
    expect(await holes(mount('/opt') + mount('/opt', 'ro'))).toEqual([]);
  });

  it('is unproven where the mounts cannot be read', async () => {
    expect(await python.check('read-only', { readOnly: ['/'], writable: [] }, {})).toEqual([
      'unproven',
      '/proc/self/mountinfo: ENOENT',
    ]);
  });

  it('reads back any path that the kernel escaped', async () => {
    const anyPath = fc
      .string({ unit: 'binary' })
      .map((name) => `/${name.replaceAll('\0', '')}`)
      .map((rest) => `/mnt${rest}`);
    await fc.assert(
      fc.asyncProperty(anyPath, async (name) => {
        const escaped = name.replace(
          /[ \t\n\\]/g,
          (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`,
        );
        expect(await holes(mount(escaped), [name], [])).toEqual([name]);
      }),
    );
  });
});

describe('writable', () => {
  const judge = (codes: Record<string, string>) =>
    python.judge('judge_writable({p: getattr(errno, c, 0) for p, c in codes.items()})', { codes });
  const writeIn = async (folder: string) => python.evaluate('write_in_folder(p)', { p: folder });
  const errno = async (name: string) => python.evaluate(`errno.${name}`);

  it('is proven when a file can be made in each place', async () => {
    expect(await judge({ '/output': 'success', '/tmp': 'success' })).toEqual([
      'proven',
      '2 places can be written',
    ]);
  });

  it('is broken when one is missing, read-only or not allowed', async () => {
    for (const code of ['ENOENT', 'EROFS', 'EACCES', 'ENOTDIR', 'ELOOP']) {
      expect(await judge({ '/output': code, '/tmp': 'success' })).toEqual([
        'broken',
        `/output: ${code}`,
      ]);
    }
  });

  it('is unproven when one is full: that is the size limit at work', async () => {
    expect(await judge({ '/output': 'ENOSPC' })).toEqual(['unproven', '/output is full (ENOSPC)']);
    expect((await judge({ '/output': 'EDQUOT' }))[0]).toBe('unproven');
  });

  it('leaves nothing behind in a place it has tried', async () => {
    expect(await writeIn(scratch)).toBe(0);
    expect(fs.readdirSync(scratch)).toEqual([]);
  });

  it('does not follow a link that stands in the place of the folder', async () => {
    const link = path.join(scratch, 'link');
    fs.symlinkSync('/tmp', link);
    expect(await writeIn(link)).toBe(await errno('ENOTDIR'));
    expect(await writeIn(path.join(scratch, 'missing'))).toBe(await errno('ENOENT'));
    fs.rmSync(link);
  });

  it('tells an existing file that can be written, and keeps its content', async () => {
    const file = path.join(scratch, 'masked.env');
    fs.writeFileSync(file, 'content');
    expect(await python.evaluate('open_to_write(p)', { p: file })).toBe(0);
    expect(fs.readFileSync(file, 'utf8')).toBe('content');
    fs.rmSync(file);
  });

  it('never takes a failure without a number for success', async () => {
    expect(await python.evaluate('code_of(OSError("no number"))')).not.toBe(0);
  });
});
