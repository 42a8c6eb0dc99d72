/** Every row of the table of levels, asserted on the final document. */
import { Agent } from '../../constructs';
import { Match } from '../../lib/testing';
import { LEVELS, preset, templateOf, type LevelNumber } from './project';

const levels = Object.keys(LEVELS).map(Number) as LevelNumber[];
const twoAgents = [Agent.claudeCode(), Agent.codex()];

/** At Level 1 one agent, above it two: as many as show that each has its own. */
function templateAt(level: LevelNumber) {
  return templateOf(preset(level, { agents: level === 1 ? [Agent.codex()] : twoAgents }));
}

function namesAt(level: LevelNumber): string[] {
  return level === 1 ? ['agent'] : ['claude-code', 'codex'];
}

describe('agents', () => {
  test('are one at Level 1', () => {
    templateOf(preset(1)).serviceCountIs(1).hasService('agent');
    expect(() => preset(1, { agents: twoAgents })).toThrow(
      /agents: received 2; allowed at Level 1: one at demo .*; use Level2Sandbox/,
    );
  });

  test.each([2, 3] as const)('are several at Level %i, each in a service of its own', (level) => {
    expect(Object.keys(templateAt(level).findServices())).toEqual(['claude-code', 'codex']);
    templateOf(preset(level)).serviceCountIs(1).hasService('agent');
  });

  test.each([2, 3] as const)('of Level %i share nothing that both can write to', (level) => {
    const services = Object.values(templateAt(level).findServices());
    const writable = services.flatMap(({ volumes = [] }) =>
      (volumes as { source: string; read_only?: boolean }[])
        .filter((volume) => !volume.read_only)
        .map(({ source }) => source),
    );
    expect(writable).toEqual(['./output/claude-code', './output/codex']);
    templateAt(level).networkCountIs(0).volumeCountIs(0);
  });
});

describe.each(levels)('at Level %i, every agent', (level) => {
  const template = templateAt(level);

  test('is air-gapped', () => {
    template.allServices({
      network_mode: 'none',
      networks: Match.absent(),
      ports: Match.absent(),
      dns: Match.absent(),
      extra_hosts: Match.absent(),
    });
  });

  test('is not root, has no capability and gets none, and the engine’s own profiles', () => {
    template.allServices({
      user: '${SANDBOX_UID:-1000}:${SANDBOX_GID:-1000}',
      cap_drop: ['ALL'],
      cap_add: Match.absent(),
      // Nothing else here: neither seccomp nor AppArmor is unconfined.
      security_opt: ['no-new-privileges:true'],
      privileged: Match.absent(),
      pid: Match.absent(),
      ipc: 'private',
      uts: Match.absent(),
      userns_mode: Match.absent(),
      devices: Match.absent(),
    });
    for (const name of namesAt(level)) {
      expect(template.dockerfile(name).user).toBe('$SANDBOX_UID:$SANDBOX_GID');
    }
  });

  test('has a read-only root, sized tmpfs, read-only source and one output folder', () => {
    template.allServices({
      read_only: true,
      tmpfs: [
        Match.stringLikeRegexp('^/tmp:noexec,nosuid,nodev,size=512m,nr_inodes='),
        Match.stringLikeRegexp('^/home/agent:exec,nosuid,nodev,size=1g,nr_inodes='),
      ],
      volumes: [
        { type: 'bind', source: '../..', target: '/workspace', read_only: true },
        { type: 'bind', target: '/output', read_only: Match.absent() },
      ],
    });
    for (const name of namesAt(level)) {
      template
        .hasService(name, { volumes: Match.arrayWith([{ source: `./output/${name}` }]) })
        .hasFile(`output/${name}/.gitignore`);
    }
  });

  test('has 2 CPUs, 4 GiB, no swap, 256 processes, limited open files and no core dumps', () => {
    template.allServices({
      cpus: 2,
      mem_limit: '4g',
      memswap_limit: '4g',
      pids_limit: 256,
      ulimits: Match.objectEquals({ nofile: { soft: 4096, hard: 4096 }, core: 0 }),
    });
  });

  test('is checked every 30 seconds, from a root-owned file', () => {
    template.allServices({
      healthcheck: {
        test: [
          'CMD',
          '/usr/local/lib/sandbox-cdk/python3',
          '-I',
          '-S',
          '/usr/local/lib/sandbox-cdk/healthcheck.py',
        ],
        interval: '30s',
      },
    });
    for (const name of namesAt(level)) {
      template
        .hasFile(`${name}/healthcheck.json`, Match.serializedJson({ level, network: 'none' }))
        .dockerfile(name)
        .hasInstruction(
          'COPY',
          Match.stringLikeRegexp('--chown=0:0 --chmod=0444 .*healthcheck.py'),
        );
    }
  });

  test('has rotated local logs', () => {
    template.allServices({
      logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } },
    });
  });

  test('runs on an image whose packages have pinned versions', () => {
    const versions = namesAt(level).flatMap((name) =>
      [...template.file(`${name}/Dockerfile`).matchAll(/^ +(@[^@\s]+)@(\S+)/gm)].map(
        ([, , version]) => version,
      ),
    );
    expect(versions).toHaveLength(namesAt(level).length);
    for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe('what grows with the level', () => {
  test('is gVisor where the host has it, at Level 3', () => {
    for (const level of [1, 2] as const) templateAt(level).allServices({ runtime: Match.absent() });
    templateAt(3).allServices({ runtime: '${SANDBOX_RUNTIME:-runc}' });
  });

  test('is the data classification', () => {
    const classification = (level: LevelNumber) => preset(level).dataClassification;
    expect(levels.map(classification)).toEqual(['internal', 'internal', 'confidential']);
    const label = { 'dev.sandbox-cdk.data-classification': 'confidential' };
    templateAt(3).allServices({ labels: label });
  });

  test('is how an image without digest is judged', () => {
    const severity = (level: LevelNumber) =>
      templateAt(level).findings.find(({ rule }) => rule === 'image-not-pinned')?.severity;
    expect(levels.map(severity)).toEqual(['note', 'warning', 'error']);
  });
});

describe('the defaults of a level', () => {
  test.each([1, 2] as const)('stop no synthesis of Level %i', (level) => {
    const template = templateOf(preset(level));
    expect(template.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    template.hasNoAcknowledgements();
  });

  test('of Level 3 ask for what only the company knows: a digest and a log server', () => {
    const errors = templateOf(preset(3)).findings.filter(({ severity }) => severity === 'error');
    expect([...new Set(errors.map(({ rule }) => rule))].sort()).toEqual([
      'audit-logging-missing',
      'image-not-pinned',
    ]);
  });
});
