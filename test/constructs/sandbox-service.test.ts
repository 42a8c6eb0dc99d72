import * as fc from 'fast-check';
import { Construct } from 'constructs';
import {
  Agent,
  AuditLogging,
  HOME,
  HOST_USER,
  IsolatedNetwork,
  OutputMount,
  ReadOnlyMount,
  SandboxImage,
  SandboxService,
  TmpfsMount,
} from '../../constructs';
import type { ComposeService } from '../../constructs/compose';
import { EnvRef } from '../../lib/core/env-ref';
import { DuplicateIdError, InvalidPropsError } from '../../lib/core/errors';
import { Match } from '../../lib/testing';
import { anyText } from '../core/texts';
import { agentIn, IMAGE, lab, problemsOf, rendered, templateOf } from './lab';

describe('a service', () => {
  test('has all its walls up without being asked', () => {
    templateOf(withAgent()).hasService('agent', {
      network_mode: 'none',
      user: '${SANDBOX_UID:-1000}:${SANDBOX_GID:-1000}',
      read_only: true,
      cap_drop: ['ALL'],
      cap_add: Match.absent(),
      security_opt: ['no-new-privileges:true'],
      privileged: Match.absent(),
      ipc: 'private',
      pid: Match.absent(),
      init: true,
      restart: 'on-failure:5',
      ports: Match.absent(),
      devices: Match.absent(),
      logging: { driver: 'json-file' },
      healthcheck: Match.anyValue(),
      runtime: Match.absent(),
    });
  });

  test('can write to a tmpfs at /tmp and one at home, and nowhere else', () => {
    expect(rendered(agentIn(lab()))).toMatchObject({
      tmpfs: [
        '/tmp:noexec,nosuid,nodev,size=512m,nr_inodes=65536,mode=1777',
        '/home/agent:exec,nosuid,nodev,size=1g,nr_inodes=131072,mode=0700,uid=${SANDBOX_UID:-1000},gid=${SANDBOX_GID:-1000}',
      ],
      volumes: [],
    });
  });

  test('is built from its own folder, for its own user', () => {
    templateOf(withAgent()).hasService('agent', {
      build: {
        context: './agent',
        dockerfile: 'Dockerfile',
        args: { SANDBOX_UID: '${SANDBOX_UID:-1000}', SANDBOX_GID: '${SANDBOX_GID:-1000}' },
      },
    });
    const files = templateOf(withAgent()).filePaths;
    expect(files).toEqual(expect.arrayContaining(['agent/Dockerfile', 'agent/entrypoint.sh']));
  });

  test('runs as the ids that are given, never as root', () => {
    expect(rendered(agentIn(lab(), { user: { uid: 7, gid: 8 } })).user).toBe('7:8');
    const gid = EnvRef.optional('GID', '8');
    expect(rendered(agentIn(lab(), { user: { uid: 7, gid } })).user).toBe('7:${GID:-8}');
    expect(problemsOf(() => agentIn(lab(), { user: { uid: 0, gid: 1 } }))).toEqual([
      expect.stringContaining(
        'user.uid: received 0; allowed: a number from 1 to 4294967294; 0 is root',
      ),
    ]);
    expect(HOST_USER.uid.toString()).toBe('${SANDBOX_UID:-1000}');
  });

  test('carries the labels of its sandbox, its own on top', () => {
    const sandbox = lab({
      level: 2,
      labels: { team: 'a', area: 'x' },
      dataClassification: 'restricted',
    });
    expect(rendered(agentIn(sandbox, { labels: { team: 'b' } })).labels).toEqual({
      'dev.sandbox-cdk.sandbox': 'lab',
      'dev.sandbox-cdk.level': '2',
      'dev.sandbox-cdk.data-classification': 'restricted',
      team: 'b',
      area: 'x',
    });
  });

  test('has what its agents need: variables, home folders, programs', () => {
    const sandbox = lab();
    const generic = Agent.generic({
      name: 'acme',
      command: ['acme'],
      debianPackages: ['ripgrep'],
      homeFolders: ['.acme', '.cache'],
      environment: { ACME_TELEMETRY: 'off', MODE: 'a' },
    });
    agentIn(sandbox, { agents: [generic], environment: { MODE: 'b' } });
    const template = templateOf(sandbox);
    template.hasService('agent', {
      environment: {
        ACME_TELEMETRY: 'off',
        MODE: 'b',
        SANDBOX_HOME_DIRS: `${HOME}/.acme:${HOME}/.cache`,
      },
    });
    template.dockerfile('agent').installsPackage('ripgrep');
  });

  test('is rendered with what was added after it was made', () => {
    const sandbox = lab();
    const agent = agentIn(sandbox);
    agent.addMount(new ReadOnlyMount(sandbox, 'late', { source: 'late', target: '/late' }));
    new AuditLogging(sandbox, 'audit', { maxFiles: 3 }).record(agent);
    templateOf(sandbox).hasService('agent', {
      volumes: [{ target: '/late' }],
      logging: { options: { 'max-file': '3' } },
    });
  });
});

describe('a mount on the target of a default one', () => {
  test('takes its place, given at once or later', () => {
    const atOnce = lab();
    const mount = { target: '/tmp', inodes: 9 };
    const first = agentIn(atOnce, { mounts: [new TmpfsMount(atOnce, 'own', mount)] });
    const later = lab();
    const second = agentIn(later).addMount(new TmpfsMount(later, 'own', mount));
    for (const service of [first, second]) {
      const { tmpfs } = rendered(service) as { tmpfs: string[] };
      expect(tmpfs.filter((entry) => entry.startsWith('/tmp:'))).toEqual([
        expect.stringContaining('nr_inodes=9'),
      ]);
      expect(service.mounts.map(({ target }) => target).sort()).toEqual([HOME, '/tmp']);
    }
  });

  test('and of another one of the user’s own stays, and is a finding', () => {
    const sandbox = lab();
    const agent = agentIn(sandbox, { mounts: [new OutputMount(sandbox, 'a')] });
    agent.addMount(new OutputMount(sandbox, 'b'));
    expect(agent.mounts.filter(({ target }) => target === '/output')).toHaveLength(2);
    templateOf(sandbox).hasFinding('duplicate-mount-target', { construct: 'lab/agent' });
  });
});

describe('each relaxation', () => {
  test.each([
    ['root-filesystem-writable', { writableRoot: true }, { read_only: false }],
    ['capability-added', { capabilities: ['NET_BIND_SERVICE'] }, { cap_add: ['NET_BIND_SERVICE'] }],
  ])('is the finding %s, which can be accepted with a reason', (rule, props, document) => {
    const sandbox = lab();
    const agent = agentIn(sandbox, props);
    templateOf(sandbox).hasService('agent', document).hasFinding(rule, {
      construct: 'lab/agent',
      acknowledgeable: true,
    });
    agent.acknowledge(rule, 'a test needs it');
    const template = templateOf(sandbox);
    template.hasAcknowledgement(rule, { construct: 'lab/agent', reason: 'a test needs it' });
    expect(template.findings.map((finding) => finding.rule)).not.toContain(rule);
    expect(template.toYaml()).toContain(
      `# Accepted on purpose: ${rule} at lab/agent: a test needs it`,
    );
  });

  test('by an override is a finding too: rules see the final document', () => {
    const sandbox = lab();
    const resource = agentIn(sandbox).node.defaultChild as ComposeService;
    resource.addOverride('privileged', true).addOverride('cap_drop', undefined);
    templateOf(sandbox)
      .hasService('agent', { privileged: true, cap_drop: Match.absent() })
      .hasFinding('privileged-service', { acknowledgeable: false, construct: 'lab/agent' })
      .hasFinding('capabilities-not-dropped', { construct: 'lab/agent' });
  });

  test('of the runtime is written as it is given', () => {
    expect(rendered(agentIn(lab(), { runtime: 'runsc' })).runtime).toBe('runsc');
    expect(problemsOf(() => agentIn(lab(), { runtime: 'run sc' }))).toEqual([
      'SandboxService: runtime: received "run sc"; allowed: the name of a runtime; change runtime',
    ]);
  });
});

describe('props that are wrong', () => {
  test('are all told at once, the name included', () => {
    const props = {
      imgae: IMAGE,
      mounts: ['src:/src'],
      environment: { 'A-B': '1', C: 1 },
      resources: { cpus: 0 },
      health: { intervall: 1 },
      capabilities: ['net_admin'],
      command: [],
    };
    const problems = problemsOf(() => new SandboxService(lab(), 'My Agent', props as never));
    const names = problems.map((problem) => /^SandboxService: (.*?)[:;]/.exec(problem)![1]);
    expect(names).toEqual([
      'id',
      'image',
      'mounts.0',
      'resources.cpus',
      'command',
      'environment',
      'environment.C',
      'there is no prop health.intervall',
      'capabilities.0',
      'there is no prop imgae',
    ]);
    expect(problems.at(-1)).toMatch(/did you mean image\?$/);
  });

  test('name the line that gave them, also below a construct of the user’s own', () => {
    class Team extends Construct {
      constructor() {
        super(lab(), 'team');
        new SandboxService(this, 'agent', { image: IMAGE, runtime: '' });
      }
    }
    expect(errorOf(() => new Team()).findings[0]).toMatchObject({
      construct: 'lab/team/agent',
      source: { file: __filename },
    });
  });

  test('are refused whatever a program can hold, and never by another error', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...PROPS), (value, prop) => {
        try {
          agentIn(lab(), { [prop]: value });
          expect(true).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidPropsError);
        }
      }),
    );
  });

  test('of the environment come out as they went in, or are refused', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        try {
          const { environment } = rendered(agentIn(lab(), { environment: { VALUE: value } }));
          expect(environment).toEqual({ VALUE: value });
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidPropsError);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('names', () => {
  test('of services are unique in their sandbox, wherever in the tree they are', () => {
    const sandbox = lab();
    agentIn(sandbox);
    expect(() => agentIn(sandbox)).toThrow(DuplicateIdError);
    const group = new Construct(sandbox, 'group');
    new SandboxService(group, 'agent', { image: IMAGE });
    expect(templateOf(sandbox).findings).toContainEqual(
      expect.objectContaining({
        message: expect.stringContaining(
          'received the name agent a second time in services',
        ) as string,
        construct: 'lab/group/agent',
      }),
    );
  });

  test('of a service in no sandbox says what to do', () => {
    const nowhere = new Construct(undefined as never, '');
    expect(
      () => new SandboxService(nowhere, 'agent', { image: SandboxImage.debian('trixie') }),
    ).toThrow(/is in no sandbox; make it with a Sandbox/);
  });
});

const PROPS = [
  ...['image', 'agents', 'network', 'mounts', 'resources', 'user', 'command', 'environment'],
  ...['labels', 'health', 'runtime', 'writableRoot', 'capabilities', 'unknown'],
];

function withAgent() {
  const sandbox = lab();
  agentIn(sandbox, { network: new IsolatedNetwork(sandbox, 'network') });
  return sandbox;
}

function errorOf(call: () => unknown): InvalidPropsError {
  try {
    call();
  } catch (error) {
    return error as InvalidPropsError;
  }
  throw new Error('nothing was thrown');
}
