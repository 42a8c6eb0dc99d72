import type { Construct } from 'constructs';
import { RootConstruct } from 'constructs';
import * as fc from 'fast-check';
import { Agent, ReadOnlyMount, SandboxImage } from '../../constructs';
import { EnvRef } from '../../lib/core/env-ref';
import { InvalidPropsError } from '../../lib/core/errors';
import { sourceOf } from '../../lib/core/construct';
import { Size } from '../../lib/core/size';
import { Match } from '../../lib/testing';
import { Level1Sandbox, Level2Sandbox, Level3Sandbox, type PresetProps } from '../../presets';
import { problemsOf } from '../constructs/lab';
import { LEVELS, preset, templateOf, type LevelNumber } from './project';

const levels = Object.keys(LEVELS).map(Number) as LevelNumber[];

describe('each prop', () => {
  test('reaches every agent', () => {
    const sandbox = preset(2, {
      source: 'src',
      agents: [Agent.claudeCode(), Agent.codex()],
      resources: { cpus: 4, memory: Size.gibibytes(8) },
      mounts: [{ source: 'fixtures', target: '/fixtures' }],
      packages: ['ripgrep'],
      image: SandboxImage.debian('bookworm'),
      user: { uid: 1001, gid: 1002 },
      environment: { CI: '1', PROXY: EnvRef.optional('PROXY', '') },
      labels: { team: 'payments' },
      dataClassification: 'restricted',
      audit: { maxFiles: 9 },
      health: { retries: 2 },
      runtime: 'runsc',
    });
    const template = templateOf(sandbox);
    template.serviceCountIs(2).allServices({
      cpus: 4,
      mem_limit: '8g',
      volumes: Match.arrayWith([
        { source: '../../src', target: '/workspace', read_only: true },
        { source: '../../fixtures', target: '/fixtures', read_only: true },
      ]),
      user: '1001:1002',
      environment: { CI: '1', PROXY: '${PROXY:-}' },
      labels: { team: 'payments', 'dev.sandbox-cdk.data-classification': 'restricted' },
      logging: { options: { 'max-file': '9' } },
      healthcheck: { retries: 2 },
      runtime: 'runsc',
    });
    for (const { serviceName } of sandbox.agentServices) {
      const dockerfile = template.dockerfile(serviceName);
      dockerfile.installsPackage('ripgrep').installsPackage('git');
      expect(dockerfile.from).toBe('debian:bookworm-slim');
    }
  });

  test('output is one folder for one agent, and one folder each for several', () => {
    const sources = (props: Partial<PresetProps>) =>
      Object.values(templateOf(preset(2, { output: 'results/', ...props })).findServices()).map(
        ({ volumes }) =>
          (volumes as { source: string; target: string }[]).find(
            ({ target }) => target === '/output',
          )!.source,
      );
    expect(sources({ agents: [Agent.codex()] })).toEqual(['../../results']);
    expect(sources({ agents: [Agent.codex(), Agent.copilot()] })).toEqual([
      '../../results/codex',
      '../../results/copilot',
    ]);
  });

  test('network gives each agent an internal network of its own', () => {
    const agents = [Agent.codex(), Agent.copilot()];
    templateOf(preset(2, { agents, network: { mode: 'internal' } }))
      .networkCountIs(2)
      .hasService('codex', { networks: Match.objectEquals({ 'codex-network': {} }) })
      .hasService('copilot', { networks: Match.objectEquals({ 'copilot-network': {} }) })
      .hasFinding('network-not-air-gapped', { construct: 'demo/codex' });
  });
});

describe('props that are wrong', () => {
  test.each(levels)('are all told at once at Level %i, those handed on included', (level) => {
    const props = {
      sorce: '.',
      agents: ['codex'],
      resources: { cpus: 0 },
      mounts: [{ source: 'a', target: 'b' }],
      packages: ['git; rm -rf /'],
      audit: { syslog: { address: 'http://x' } },
      health: { retries: 0 },
      network: { mode: 'host' },
      runtime: '',
    };
    const problems = problemsOf(
      () => new LEVELS[level](new RootConstruct(), 'Demo', props as never),
    );
    const kind = `Level${level}Sandbox`;
    expect(problems.every((problem) => problem.startsWith(`${kind}: `))).toBe(true);
    expect(problems.map((problem) => problem.slice(kind.length + 2).split(/:|;/)[0])).toEqual([
      'id',
      'source',
      'agents.0',
      'resources.cpus',
      'mounts.0.target',
      'packages.0',
      'network.mode',
      'audit.syslog.address',
      'health.retries',
      'runtime',
      'there is no prop sorce',
    ]);
    expect(problems.at(-1)).toMatch(/did you mean source\?$/);
  });

  test('are an agent given twice, and no agent at all', () => {
    expect(problemsOf(() => preset(2, { agents: [Agent.codex(), Agent.codex()] }))).toEqual([
      'Level2Sandbox: agents: received codex twice; allowed: each once; remove one, or make a sandbox for each',
    ]);
    expect(problemsOf(() => preset(1, { agents: [] }))).toEqual([
      'Level1Sandbox: agents: received []; allowed: at least one agent; change agents',
    ]);
  });

  test('are refused whatever a program can hold, and never by another error', () => {
    const names = [
      'source',
      'agents',
      'output',
      'mounts',
      'packages',
      'image',
      'labels',
      'network',
      'audit',
    ];
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...names), (value, name) => {
        try {
          expect(preset(2, { [name]: value }).node.path).toBe('demo');
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidPropsError);
        }
      }),
    );
  });
});

describe('the user’s line', () => {
  test('of a wrong prop is the line in the user’s program, not in the preset', () => {
    const error = errorOf(() => preset(1, { runtime: '' }));
    expect(error.findings[0]!.source!.file).toMatch(/test\/presets\/project\.ts$/);
  });

  test('of a finding is the line that made the sandbox, although the preset made the service', () => {
    const here = Number(/:(\d+):\d+\)?$/.exec(new Error().stack!.split('\n')[1]!)![1]);
    const sandbox = new Level2Sandbox(new RootConstruct(), 'demo', {
      source: '.',
      network: { mode: 'internal' },
    });
    templateOf(sandbox).hasFinding('network-not-air-gapped', {
      construct: 'demo/agent',
      source: { file: __filename, line: here + 1 },
    });
    expect(sourceOf(sandbox.agent())).toEqual(sourceOf(sandbox));
  });
});

describe('a company’s own preset', () => {
  class AcmeSandbox extends Level3Sandbox {
    constructor(scope: Construct, id: string, props: PresetProps) {
      super(scope, id, { labels: { company: 'acme' }, ...props });
      for (const service of this.agentServices) {
        service.addMount(
          new ReadOnlyMount(this, `${service.serviceName}-handbook`, {
            source: 'handbook',
            target: '/handbook',
          }),
        );
      }
    }
  }

  test('is a class, and adds to what the level gives', () => {
    const sandbox = new AcmeSandbox(new RootConstruct(), 'ledger', { source: '.' });
    templateOf(sandbox).hasService('agent', {
      labels: { company: 'acme', 'dev.sandbox-cdk.level': '3' },
      volumes: Match.arrayWith([{ target: '/handbook', read_only: true }]),
    });
  });

  test('is named by its own name when props are wrong', () => {
    const wrong = { source: '.', colour: 'red' } as never;
    expect(problemsOf(() => new AcmeSandbox(new RootConstruct(), 'ledger', wrong))).toEqual([
      expect.stringMatching(/^AcmeSandbox: there is no prop colour; known: source, agents/),
    ]);
  });
});

describe('agent()', () => {
  test('gives the only service without a name, and each by its name', () => {
    expect(preset(1, { agents: [Agent.codex()] }).agent().serviceName).toBe('agent');
    const sandbox = preset(2, { agents: [Agent.codex(), Agent.copilot()] });
    expect(sandbox.agent('copilot')).toBe(sandbox.agentServices[1]);
  });

  test('says which there are', () => {
    const sandbox = preset(2, { agents: [Agent.codex(), Agent.copilot()] });
    expect(() => sandbox.agent()).toThrow(
      new RangeError('demo: there are several agents; say which (codex, copilot)'),
    );
    expect(() => sandbox.agent('codx')).toThrow(
      'there is no agent "codx" (codex, copilot); did you mean codex?',
    );
    expect(() =>
      new Level1Sandbox(new RootConstruct(), 'x', { source: '.' }).agent('codex'),
    ).toThrow('there is no agent "codex" (agent)');
  });
});

test('the same sandbox gives the same bytes at every level', () => {
  for (const level of levels) {
    const bytes = () => {
      const template = templateOf(preset(level, { agents: [Agent.geminiCli()] }));
      return template.filePaths.map((file) => template.file(file));
    };
    expect(bytes()).toEqual(bytes());
  }
});

function errorOf(call: () => unknown): InvalidPropsError {
  try {
    call();
  } catch (error) {
    return error as InvalidPropsError;
  }
  throw new Error('nothing was thrown');
}
