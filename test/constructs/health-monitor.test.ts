import {
  HealthMonitor,
  IsolatedNetwork,
  OutputMount,
  ReadOnlyMount,
  type SandboxServiceProps,
} from '../../constructs';
import { Duration } from '../../lib/core/duration';
import { EnvRef } from '../../lib/core/env-ref';
import type { Sandbox } from '../../lib/core/sandbox';
import { Size } from '../../lib/core/size';
import { Match } from '../../lib/testing';
import { agentIn, lab, problemsOf, rendered, templateOf } from './lab';

/** What the check of a service is told to find. */
function expectations(
  props: (sandbox: Sandbox) => Partial<SandboxServiceProps>,
  sandbox = lab(),
): Record<string, unknown> {
  agentIn(sandbox, props(sandbox));
  return JSON.parse(templateOf(sandbox).file('agent/healthcheck.json')) as Record<string, unknown>;
}

describe('the check', () => {
  test('runs every 30 seconds, from a file of root’s, with nothing on the way that an agent can write', () => {
    expect(rendered(agentIn(lab())).healthcheck).toEqual({
      test: [
        'CMD',
        '/usr/local/lib/sandbox-cdk/python3',
        '-I',
        '-S',
        '/usr/local/lib/sandbox-cdk/healthcheck.py',
      ],
      interval: '30s',
      timeout: '10s',
      retries: 1,
      start_period: '5s',
    });
  });

  test('runs as often as one likes', () => {
    const health = { interval: Duration.minutes(1.5), timeout: Duration.seconds(1), retries: 3 };
    expect(rendered(agentIn(lab(), { health })).healthcheck).toMatchObject({
      interval: '1m30s',
      timeout: '1s',
      retries: 3,
    });
  });

  test('is part of the image too', () => {
    const sandbox = lab();
    agentIn(sandbox, { health: { interval: Duration.seconds(10) } });
    templateOf(sandbox)
      .hasFile('agent/healthcheck.py', Match.stringLikeRegexp('^#!|^"""|^#'))
      .dockerfile('agent')
      .hasInstruction('HEALTHCHECK', Match.stringLikeRegexp('--interval=10s .*healthcheck\\.py'));
  });

  test.each([
    ['interval', Duration.milliseconds(999), 'at least a second'],
    ['interval', 30, 'a Duration, such as Duration.seconds(30)'],
    ['timeout', Duration.seconds(0), 'at least a second'],
    ['retries', 0, 'at least 1'],
    ['retries', 101, 'at most 100'],
  ])('refuses the %s %p: allowed is %s', (prop, value, allowed) => {
    expect(problemsOf(() => new HealthMonitor(lab(), 'h', { [prop]: value }))).toEqual([
      `HealthMonitor: ${prop}: ${received(value)}; allowed: ${allowed}; change ${prop}`,
    ]);
    expect(problemsOf(() => agentIn(lab(), { health: { [prop]: value } }))).toEqual([
      `SandboxService: health.${prop}: ${received(value)}; allowed: ${allowed}; change health.${prop}`,
    ]);
  });

  function received(value: unknown): string {
    return `received ${typeof value === 'number' ? value : 'an instance of Duration'}`;
  }
});

describe('what the check must find', () => {
  test('are the walls of the service', () => {
    const found = expectations((sandbox) => ({
      user: { uid: 1001, gid: 1002 },
      resources: { cpus: 1.5, memory: Size.mebibytes(128), pids: 99, openFiles: 1024 },
      mounts: [
        new ReadOnlyMount(sandbox, 'src', { source: '.', target: '/workspace' }),
        new OutputMount(sandbox, 'out'),
      ],
    }));
    expect(found).toEqual({
      version: 1,
      sandbox: 'lab',
      service: 'agent',
      level: 1,
      network: 'none',
      user: { uid: 1001, gid: 1002 },
      readOnly: ['/', '/workspace'],
      writable: ['/home/agent', '/output', '/tmp'],
      memoryBytes: 134_217_728,
      cpus: 1.5,
      pids: 99,
      files: { core: 0, nofile: 1024 },
    });
  });

  test('leaves the ids to the start where they are known only then', () => {
    expect(expectations(() => ({}))).toMatchObject({ user: null });
    const user = { uid: EnvRef.optional('U', '1'), gid: 5 };
    expect(expectations(() => ({ user }))).toMatchObject({ user: null });
  });

  test('follows each relaxation, in the open', () => {
    expect(
      expectations((sandbox) => ({
        network: new IsolatedNetwork(sandbox, 'net', { mode: 'internal' }),
      })),
    ).toMatchObject({ network: 'internal' });
    expect(expectations(() => ({ writableRoot: true })).readOnly).toEqual([]);
    expect(expectations(() => ({ capabilities: ['NET_BIND_SERVICE'] }))).toMatchObject({
      omitted: { capabilities: 'relaxed: keeps NET_BIND_SERVICE' },
    });
  });

  test('omits under gVisor what only the host can show', () => {
    const omitted = expectations(() => ({ runtime: 'runsc' })).omittedOnGvisor as object;
    expect(Object.keys(omitted)).toContain('memory');
    expect(expectations(() => ({ runtime: 'runc' }))).not.toHaveProperty('omittedOnGvisor');
  });

  test('has the level of the sandbox', () => {
    expect(expectations(() => ({}), lab({ level: 3 }))).toMatchObject({ level: 3 });
  });
});
