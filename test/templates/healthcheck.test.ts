/** `healthcheck.py` as a whole: what it expects, what it reports, and that nothing it cannot ask passes. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { HEALTHCHECK, HealthcheckModule } from './python';

const python = new HealthcheckModule();
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'healthcheck-'));
// Property tests take their time on a busy machine.
jest.setTimeout(30_000);

afterAll(() => {
  python.stop();
  fs.rmSync(scratch, { recursive: true });
});

const DOCUMENT = path.resolve(__dirname, '../../docs/HEALTHCHECK.md');
const EXPECTATIONS = {
  version: 1,
  sandbox: 'payments',
  service: 'claude-code',
  level: 2,
  network: 'none',
  user: { uid: 1000, gid: 1000 },
  readOnly: ['/', '/workspace'],
  writable: ['/output', '/tmp', '/home/agent'],
  memoryBytes: 4294967296,
  cpus: 2,
  pids: 256,
  files: { core: 0, nofile: 4096 },
};

const run = (...args: string[]) =>
  spawnSync('python3', ['-I', '-S', HEALTHCHECK, ...args], {
    encoding: 'utf8',
    cwd: scratch,
    env: { ...process.env, PYTHONPATH: scratch, PYTHONHOME: scratch },
  });

describe('the expectations', () => {
  const parse = (value: unknown) =>
    python.evaluate('parse_expectations(text)', {
      text: typeof value === 'string' ? value : JSON.stringify(value),
    });

  it('are taken when every key is there and right', async () => {
    expect(await parse(EXPECTATIONS)).toEqual({
      ...EXPECTATIONS,
      omitted: {},
      omittedOnGvisor: {},
    });
  });

  it('may leave the user, the level and each limit open', async () => {
    const open = { user: null, level: null, memoryBytes: null, cpus: null, pids: null };
    expect(await parse({ ...EXPECTATIONS, ...open })).toMatchObject(open);
  });

  it.each<[string, object]>([
    ['unknown key extra', { extra: 1 }],
    ['invalid version', { version: 2 }],
    ['invalid version', { version: true }],
    ['invalid sandbox', { sandbox: '' }],
    ['invalid network', { network: 'bridge' }],
    ['invalid user', { user: { uid: 0, gid: 1000 } }],
    ['invalid user', { user: { uid: 1000 } }],
    ['invalid readOnly', { readOnly: ['workspace'] }],
    ['invalid readOnly', { readOnly: ['/workspace/..'] }],
    ['invalid readOnly', { readOnly: '/' }],
    ['invalid writable', { writable: ['/output/'] }],
    ['invalid memoryBytes', { memoryBytes: 0 }],
    ['invalid memoryBytes', { memoryBytes: '4g' }],
    ['invalid cpus', { cpus: true }],
    ['invalid pids', { pids: -1 }],
    ['invalid files', { files: { nofiles: 1 } }],
    ['invalid files', { files: { nofile: -1 } }],
    ['invalid omitted', { omitted: { 'no-such-check': 'reason' } }],
    ['invalid omitted', { omitted: { memory: '' } }],
    ['invalid omittedOnGvisor', { omittedOnGvisor: { memory: '' } }],
  ])('are refused for: %s (%j)', async (problem, change) => {
    await expect(parse({ ...EXPECTATIONS, ...change })).rejects.toThrow(problem);
  });

  it('are refused when a key is missing or there twice', async () => {
    for (const key of Object.keys(EXPECTATIONS).filter(
      (name) => !['level', 'files'].includes(name),
    )) {
      await expect(parse({ ...EXPECTATIONS, [key]: undefined })).rejects.toThrow(`no ${key}`);
    }
    const twice = JSON.stringify(EXPECTATIONS).replace('{', '{"pids":1,');
    await expect(parse(twice)).rejects.toThrow('not valid JSON');
  });

  it('are either taken or refused with a reason, whatever the file holds', async () => {
    const anything = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record(Object.fromEntries(Object.keys(EXPECTATIONS).map((key) => [key, fc.jsonValue()])), {
          requiredKeys: [],
        })
        .map((value) => JSON.stringify({ ...EXPECTATIONS, ...value })),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        const outcome = await parse(text).then(
          () => 'taken',
          (error: unknown) => (error as Error).message,
        );
        expect(outcome).toMatch(/^(taken|Unproven: healthcheck\.json)/);
      }),
    );
  });

  it('are refused when others than their owner could have written them', async () => {
    const file = path.join(scratch, 'healthcheck.json');
    const load = (owner: number) =>
      python.evaluate('load_expectations(path, owner)["sandbox"]', { path: file, owner });
    fs.writeFileSync(file, JSON.stringify(EXPECTATIONS), { mode: 0o444 });
    const uid = process.getuid!();
    expect(await load(uid)).toBe('payments');
    await expect(load(uid + 1)).rejects.toThrow('could be written by others than root');
    fs.chmodSync(file, 0o464);
    await expect(load(uid)).rejects.toThrow('could be written by others than root');
    fs.renameSync(file, `${file}.moved`);
    fs.symlinkSync(`${file}.moved`, file);
    await expect(load(uid)).rejects.toThrow('could be written by others than root');
    fs.rmSync(file);
    await expect(load(uid)).rejects.toThrow('ENOENT');
  });

  it('name the checks that are left out, and why', async () => {
    const expected = { ...EXPECTATIONS, cpus: null, files: null, omitted: { seccomp: 'a reason' } };
    expect(await python.evaluate('omissions(expected)', { expected })).toEqual({
      cpu: 'cpus asks for nothing',
      ulimits: 'files asks for nothing',
      seccomp: 'a reason',
    });
  });
});

describe('the checks that gVisor does not show inside', () => {
  const expected = { ...EXPECTATIONS, omitted: {}, omittedOnGvisor: { pids: 'not shown' } };
  const leftOut = (onGvisor: boolean) =>
    python.evaluate(
      'omissions(expected)',
      { expected },
      { overrides: { on_gvisor: onGvisor ? 'lambda: True' : 'lambda: False' } },
    );

  it('are left out there, and asked everywhere else', async () => {
    expect(await leftOut(true)).toEqual({ pids: 'not shown' });
    expect(await leftOut(false)).toEqual({});
  });
});

describe('the report', () => {
  it('puts what is broken first, then what is unproven, in lines that align', async () => {
    const results = [
      ['uid', 'proven', 'all 3 processes run as uid 1000'],
      ['memory', 'unproven', 'no cgroup is shown'],
      ['network-interfaces', 'broken', 'interface eth0'],
    ];
    expect(await python.evaluate('as_text(results, left)', { results, left: { cpu: 'why' } })).toBe(
      'broken    network-interfaces  interface eth0\n' +
        'unproven  memory              no cgroup is shown\n' +
        'proven    uid                 all 3 processes run as uid 1000\n' +
        'omitted   cpu                 why\n',
    );
  });

  it('stays printable and within what the engine keeps, whatever the evidence', async () => {
    const evidence = fc.string({ unit: 'binary', maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(fc.array(evidence, { minLength: 30, maxLength: 60 }), async (texts) => {
        const results = texts.map((text) => ['network-interfaces', 'broken', text]);
        const report = (await python.evaluate('as_text(results, {})', { results })) as string;
        expect(report).toMatch(/^[\n\x20-\x7e]*$/);
        expect(report.length).toBeLessThan(4096);
        expect(report.split('\n').every((line) => line.length <= 140)).toBe(true);
      }),
    );
  });

  it('turns what a check raises into unproven, and never into a pass', async () => {
    for (const error of ['ValueError("x")', 'OSError(5, "x")', 'KeyError(1)', 'Unproven("x")']) {
      const overrides = { CHECKS: `{"uid": lambda _: (_ for _ in ()).throw(${error})}` };
      const [verdict] = await python.check('uid', {}, {}, overrides);
      expect(verdict).toBe('unproven');
    }
  });
});

describe('the script', () => {
  it('fails, with every check unproven, when it has no expectations', async () => {
    const { status, stdout } = run();
    const checks = (await python.evaluate('list(CHECKS)')) as string[];
    expect(status).toBe(1);
    expect(stdout.trim().split('\n')).toHaveLength(checks.length);
    expect(stdout.split('\n').filter((line) => line && !line.startsWith('unproven'))).toEqual([]);
  });

  it('reports as JSON when asked to', () => {
    const { status, stdout } = run('--json');
    const rows = JSON.parse(stdout) as object[];
    expect(status).toBe(1);
    expect(rows[0]).toEqual({
      id: 'network-interfaces',
      verdict: 'unproven',
      evidence: '/usr/local/lib/sandbox-cdk/healthcheck.json: ENOENT',
    });
  });

  it('takes no other argument, so that nothing can point it elsewhere', () => {
    const { status, stdout, stderr } = run('--root', '/tmp');
    expect([status, stdout, stderr]).toEqual([1, '', 'usage: healthcheck.py [--json]\n']);
  });

  it('is not misled by modules in its working directory or on PYTHONPATH', () => {
    for (const name of ['json', 'socket', 'os', 'errno']) {
      fs.writeFileSync(path.join(scratch, `${name}.py`), 'raise SystemExit(0)\n');
    }
    expect(run().status).toBe(1);
  });

  it('imports only what the smallest Python package of Debian has, and starts nothing', () => {
    const source = fs.readFileSync(HEALTHCHECK, 'utf8');
    const imported = [...source.matchAll(/^\s*(?:import|from) ([\w.]+)/gm)].map(([, name]) => name);
    expect(imported).toEqual([
      ...['errno', 'functools', 'json', 'os', 're', 'socket', 'stat', 'sys', 'time'],
      ...['collections', 'collections.abc'],
    ]);
    expect(source).not.toMatch(/\b(subprocess|threading|system|popen|fork|exec[lv]\w*|eval)\b\(/);
  });
});

describe('the documentation', () => {
  const text = fs.readFileSync(DOCUMENT, 'utf8');

  it('describes every check, and no other', async () => {
    const [, section = ''] = text.split(/^## /m);
    const described = [...section.matchAll(/^\| `([a-z-]+)`\s+\|/gm)].map(([, id]) => id);
    expect(described.sort()).toEqual(await python.evaluate('sorted(CHECKS)'));
  });

  it('shows expectations that the script takes', async () => {
    const [, example] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
    const parsed = await python.evaluate('parse_expectations(text)', { text: example });
    expect(parsed).toMatchObject({ version: 1 });
  });
});
