/** What the commands around the engine read from people, and show to them. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { allowedUnproven } from '../../lib/cli/allowed-unproven';
import { plain } from '../../lib/cli/io';
import { selectSandboxes, selectService, selectServices } from '../../lib/cli/output-folder';
import { bytes, duration, renderStatus } from '../../lib/cli/output/status';
import { renderWalls } from '../../lib/cli/output/walls';
import { parseSince } from '../../lib/cli/since';
import type { SandboxReport, WallResult } from '../../lib/engine/report';

describe('--allow-unproven', () => {
  test('names a wall and gives a reason', () => {
    const allowed = allowedUnproven(['K8=patched by the vendor', 'N1=a=b']);
    expect([...allowed]).toEqual([
      ['K8', 'patched by the vendor'],
      ['N1', 'a=b'],
    ]);
  });

  test('is refused for every unknown wall and every missing reason at once', () => {
    const wrong = () => allowedUnproven(['K9=x', 'K8', 'f1=x', 'N2= ']);
    expect(wrong).toThrow(/there is no wall K9/);
    expect(wrong).toThrow(/--allow-unproven K8: the reason is empty/);
    expect(wrong).toThrow(/did you mean F1\?/);
    expect(wrong).toThrow(/--allow-unproven N2= : the reason is empty/);
  });
});

describe('--since', () => {
  const now = Date.parse('2026-01-02T00:00:00Z');

  test.each([
    ['90s', '2026-01-01T23:58:30Z'],
    ['10m', '2026-01-01T23:50:00Z'],
    ['2h', '2026-01-01T22:00:00Z'],
    ['1d', '2026-01-01T00:00:00Z'],
    ['2026-01-01T12:00:00+02:00', '2026-01-01T10:00:00Z'],
    ['2026-01-01', '2026-01-01T00:00:00Z'],
  ])('%s is %s', (text, time) => {
    expect(parseSince(text, now)).toBe(Date.parse(time) / 1000);
  });

  test.each(['', 'yesterday', '10', '-1m', '2026-13-01', '1w', '9999999999s'])(
    '%j is refused with what is allowed',
    (text) => {
      expect(() => parseSince(text, now)).toThrow(/allowed are how long ago/);
    },
  );
});

describe('a name', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-names-'));
  const context = {
    cwd: folder,
    env: {},
    io: { answer() {}, tell() {}, answerStyle: plain, style: plain },
  };
  const sandbox = (services: string[]) => ({
    level: 1,
    dataClassification: 'internal',
    services,
    acknowledged: [],
    files: {},
  });
  const write = (sandboxes: object) =>
    fs.writeFileSync(
      path.join(folder, 'manifest.json'),
      JSON.stringify({ format: 1, policyDigest: 'x', sandboxes }),
    );

  beforeEach(() => write({ payments: sandbox(['claude-code', 'codex']), lab: sandbox(['agent']) }));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test('picks sandboxes; --all picks all of them', () => {
    const names = (given: string[], all = false) =>
      selectSandboxes(given, { all }, context).map(({ name }) => name);
    expect(names(['lab'])).toEqual(['lab']);
    expect(names([], true)).toEqual(['payments', 'lab']);
  });

  test('can be left out where there is only one', () => {
    write({ lab: sandbox(['agent']) });
    expect(selectSandboxes([], {}, context).map(({ name }) => name)).toEqual(['lab']);
    expect(selectService(undefined, {}, context).service).toBe('agent');
  });

  test('is asked for where there are several', () => {
    expect(() => selectSandboxes([], {}, context)).toThrow('name a sandbox: payments, lab');
    expect(() => selectService('payments', {}, context)).toThrow(
      'has 2 services; name one: payments/claude-code, payments/codex',
    );
  });

  test('of a service picks it', () => {
    expect(selectService('payments/codex', {}, context).service).toBe('codex');
    expect(selectServices('payments', {}, context).services).toEqual(['claude-code', 'codex']);
  });

  test.each([
    ['payment', 'did you mean payments?'],
    ['payments/codx', 'did you mean payments/codex?'],
    ['payments/', 'allowed are SANDBOX and SANDBOX/SERVICE'],
    ['a/b/c', 'allowed are SANDBOX and SANDBOX/SERVICE'],
  ])('%s is refused: %s', (name, message) => {
    expect(() => selectService(name, {}, context)).toThrow(message);
  });

  test('in a folder where nothing was synthesized says what to do', () => {
    const empty = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-empty-'));
    expect(() => selectSandboxes([], {}, { ...context, cwd: empty })).toThrow(
      'run sandbox-cdk synth first',
    );
    fs.rmSync(empty, { recursive: true });
  });
});

describe('a report', () => {
  const result = (more: Partial<WallResult>): WallResult => ({
    id: 'N1',
    title: 'no way out',
    verdict: 'proven',
    evidence: 'only lo',
    fix: 'restart',
    ...more,
  });
  const report = (...results: WallResult[]): SandboxReport => ({
    sandbox: 'lab',
    project: 'lab-1',
    isProven: false,
    services: [{ service: 'agent', results }],
  });

  test('shows the worst first, and evidence and fix of what is not proven', () => {
    const text = renderWalls(
      report(
        result({}),
        result({ id: 'K8', verdict: 'unproven', evidence: 'old', allowed: 'patched' }),
        result({ id: 'F1', verdict: 'broken', evidence: 'writable' }),
      ),
      plain,
    );
    expect(text).toBe(`lab/agent
  broken    F1   no way out
      writable
      fix: restart
  unproven  K8   no way out
      old
      allowed: patched
  proven    N1   no way out
lab: 1 broken, 1 unproven, 1 proven
`);
  });

  test('shows evidence that an agent had a hand in without its control characters', () => {
    const evidence = 'link \u001b[2J\u001b]0;x\u0007/output/a\nb';
    const text = renderWalls(report(result({ verdict: 'broken', evidence })), plain);
    expect(text).toContain('link /output/a b');
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  test('shows what the program accepted', () => {
    const accepted = [{ rule: 'root-writable', reason: 'a test needs it' }];
    const text = renderWalls(report(result({ verdict: 'broken', accepted })), plain);
    expect(text).toContain('accepted in the program (root-writable): a test needs it');
    expect(text).not.toContain('fix:');
  });
});

describe('the status', () => {
  test('fits 80 columns, with limits beside what is used', () => {
    const usage = {
      cpuPercent: 199.7,
      cpuLimitPercent: 200,
      memoryBytes: 1.5 * 2 ** 30,
      memoryLimitBytes: 4 * 2 ** 30,
      pids: 12,
      pidsLimit: 256,
    };
    const counts = { proven: 25, broken: 0, unproven: 0 };
    const service = {
      service: 'claude-code',
      state: 'running' as const,
      health: 'healthy' as const,
      startedAt: '2026-01-01T00:00:00Z',
      usage,
      verdict: { at: '2026-01-01T00:00:00Z', counts },
    };
    const now = Date.parse('2026-01-01T03:04:05Z');
    const text = renderStatus(
      [{ sandbox: 'payments', project: 'x', services: [service] }],
      plain,
      now,
    );
    expect(text).toBe(`SERVICE               STATE    FOR   CPU %    MEMORY   PIDS    WALLS
payments/claude-code  healthy  3h4m  200/200  1.5G/4G  12/256  proven
`);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('fits 80 columns with all that is long, and the worse of two verdicts', () => {
    const service = {
      service: 'claude-code',
      state: 'running' as const,
      health: 'unhealthy' as const,
      startedAt: '2026-01-01T00:00:00Z',
      usage: {
        cpuPercent: 150,
        cpuLimitPercent: 200,
        memoryBytes: 900 * 2 ** 20,
        memoryLimitBytes: 4 * 2 ** 30,
        pids: 256,
        pidsLimit: 256,
      },
      verdict: { at: '', counts: { proven: 3, broken: 12, unproven: 10 } },
    };
    const now = Date.parse('2026-01-01T23:59:05Z');
    const text = renderStatus(
      [{ sandbox: 'payments', project: 'x', services: [service] }],
      plain,
      now,
    );
    expect(text).toContain('12 broken\n');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('tells what a person should not miss', () => {
    const service = {
      service: 'agent',
      state: 'exited' as const,
      exitCode: 137,
      finishedAt: 'then',
      restarts: 2,
      outOfMemory: true,
    };
    const text = renderStatus([{ sandbox: 'lab', project: 'x', services: [service] }], plain, 0);
    expect(text).toContain('ended with exit code 137 at then');
    expect(text).toContain('restarted 2 times');
    expect(text).toContain('killed for want of memory');
  });

  test.each([
    [0, '0B'],
    [999, '999B'],
    [1536, '1.5K'],
    [512 * 2 ** 20, '512M'],
    [1023 * 2 ** 20, '1G'],
    [4 * 2 ** 30, '4G'],
  ])('%d bytes are %s', (value, text) => {
    expect(bytes(value)).toBe(text);
  });

  test.each([
    [0, '0s'],
    [59_000, '59s'],
    [61_000, '1m1s'],
    [3_600_000, '1h'],
    [90_061_000, '1d1h'],
    [-5, '0s'],
  ])('%d ms are %s', (value, text) => {
    expect(duration(value)).toBe(text);
  });
});
