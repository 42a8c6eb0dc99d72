import * as fc from 'fast-check';
import { Agent, type AgentDescription } from '../../constructs/agent';
import { SandboxImage } from '../../constructs/sandbox-image';
import { EnvRef } from '../../lib/core/env-ref';
import { NAME_PATTERN } from '../../lib/core/names';
import { anyText } from '../core/texts';
import { accepted, ALL_AGENTS, dockerfileOf, rendered, skeleton } from './image/samples';
import { problemsOf } from './lab';

const IMAGE = SandboxImage.debian('trixie');

const OWN: AgentDescription = {
  name: 'acme-agent',
  title: 'Acme Agent 2',
  command: ['acme-agent', '--quiet'],
  npmPackages: { '@acme/agent': '4.2.0' },
  debianPackages: ['jq'],
  pythonPackages: { acme: '1.0' },
  nodeVersion: 20,
  programs: { 'acme-agent': '@acme/agent/bin/acme-*' },
  firstRun: {
    program: 'acme-agent',
    arguments: ['--unpack', 'x'],
    environment: { ACME_HOME: '/opt/x' },
  },
  homeFolders: ['.acme', '.config/acme'],
  environment: { ACME_MODEL: EnvRef.optional('ACME_MODEL', 'small') },
  files: { '/etc/acme/settings.json': '{}\n' },
};

describe('an agent by its name', () => {
  test('is one of four', () => {
    expect(Agent.names).toEqual(['claude-code', 'codex', 'gemini-cli', 'copilot']);
    expect(ALL_AGENTS.map(({ name }) => name)).toEqual(Agent.names);
  });

  test('is what its factory gives', () => {
    const factories = [Agent.claudeCode(), Agent.codex(), Agent.geminiCli(), Agent.copilot()];
    expect(factories).toEqual(ALL_AGENTS);
  });

  test('that nobody knows is refused, with the closest name and with all names', () => {
    expect(problemsOf(() => Agent.byName('claud-code'))).toEqual([
      'Agent: received the agent "claud-code"; known: claude-code, codex, gemini-cli, copilot; did you mean claude-code?',
    ]);
    expect(problemsOf(() => Agent.byName('emacs'))).toEqual([
      'Agent: received the agent "emacs"; known: claude-code, codex, gemini-cli, copilot; choose one of them, or describe it with Agent.generic',
    ]);
  });

  test.each(['constructor', '__proto__', 'toString', ''])('is never %j', (name) => {
    expect(accepted(() => Agent.byName(name))).toBe(false);
  });
});

describe('the version of an agent', () => {
  test.each(Agent.names)('of %s is exact unless another one is asked for', (name) => {
    const [version] = Object.values(Agent.byName(name).npmPackages);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Object.values(Agent.byName(name, { version: '9.8.7' }).npmPackages)).toEqual(['9.8.7']);
  });

  test.each(['latest', '^1.0.0', '1.0', '1.0.0;id', ''])('is never %j', (version) => {
    expect(problemsOf(() => Agent.codex({ version }))).toEqual([
      `Agent.codex: version: received ${JSON.stringify(version)}; allowed: one exact version, such as 1.2.3; no range and no tag; change version`,
    ]);
  });

  test('is the only option', () => {
    expect(problemsOf(() => Agent.claudeCode({ versoin: '1.0.0' } as object))).toEqual([
      'Agent.claudeCode: there is no prop versoin; known: version; did you mean version?',
    ]);
  });
});

describe.each(ALL_AGENTS)('$name', (agent) => {
  test("keeps the rules that an agent of one's own must keep", () => {
    const description = JSON.parse(JSON.stringify(agent)) as AgentDescription;
    expect(JSON.parse(JSON.stringify(Agent.generic(description)))).toEqual(description);
    expect(agent.name).toMatch(NAME_PATTERN);
  });

  test('has a home folder for what it keeps', () => {
    expect(agent.homeFolders).toContain('.cache');
    expect(agent.homeFolders.every((folder) => folder.startsWith('.'))).toBe(true);
  });

  test('is given no secret', () => {
    expect(JSON.stringify([agent.environment, agent.files])).not.toMatch(
      /api_?key|password|secret|token"|sk-/i,
    );
  });
});

describe('telemetry and updates', () => {
  test('of Claude Code are off in its environment, and in managed settings that win over a project', () => {
    const { environment, files } = Agent.claudeCode();
    expect(environment).toMatchObject({
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
      DISABLE_ERROR_REPORTING: '1',
      DISABLE_TELEMETRY: '1',
    });
    expect(JSON.parse(files['/etc/claude-code/managed-settings.json']!)).toEqual({
      env: environment,
    });
  });

  test('of Codex are off in its managed configuration', () => {
    const lines = Agent.codex().files['/etc/codex/managed_config.toml']!.split('\n');
    const section = (name: string) => {
      const start = lines.indexOf(`[${name}]`) + 1;
      return lines.slice(start, lines.indexOf('', start));
    };
    expect(lines).toContain('check_for_update_on_startup = false');
    expect(section('analytics')).toEqual(['enabled = false']);
    expect(section('feedback')).toEqual(['enabled = false']);
    expect(section('otel')).toContain('metrics_exporter = "none"');
    expect(section('features')).toEqual(['plugins = false']);
  });

  test('of Gemini CLI are off in its system settings', () => {
    expect(JSON.parse(Agent.geminiCli().files['/etc/gemini-cli/settings.json']!)).toEqual({
      general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
    });
  });

  test('of Copilot CLI are off in its environment', () => {
    expect(Agent.copilot().environment).toMatchObject({
      COPILOT_AUTO_UPDATE: 'false',
      COPILOT_OFFLINE: 'true',
    });
  });
});

describe("an agent of one's own", () => {
  test('has what is said of it', () => {
    expect(Agent.generic(OWN)).toMatchObject(OWN);
  });

  test('needs a name and a command, no more', () => {
    expect(Agent.generic({ name: 'acme', command: ['acme'] })).toMatchObject({
      name: 'acme',
      title: 'acme',
      command: ['acme'],
      npmPackages: {},
      debianPackages: [],
      pythonPackages: {},
      nodeVersion: undefined,
      programs: {},
      firstRun: undefined,
      homeFolders: [],
      environment: {},
      files: {},
    });
  });

  test('is installed, linked and started once as it says', () => {
    const { dockerfile, contextFiles } = rendered(IMAGE, { agents: [Agent.generic(OWN)] });
    expect(dockerfile).toContain('        @acme/agent@4.2.0\n');
    expect(dockerfile).toContain(
      '/opt/npm/lib/node_modules/@acme/agent/bin/acme-* \\\n        /opt/npm/bin/acme-agent',
    );
    expect(dockerfile).toContain('&& ACME_HOME=/opt/x /opt/npm/bin/acme-agent --unpack x\n');
    expect(dockerfile).toContain('# Acme Agent 2 unpacks itself');
    expect(contextFiles.get('settings/etc/acme/settings.json')).toBe('{}\n');
  });

  test('is told every problem at once', () => {
    const wrong = {
      name: 'Acme Agent',
      command: [],
      programs: { 'a b': '@acme/agent/x' },
      homeFolders: ['/root', '../x'],
      files: { '/home/agent/.bashrc': '', '/etc/../etc/x': '', 'etc/x': '' },
      firstRun: { program: 'a', arguments: ['$(id)'], environment: {} },
    };
    expect(problemsOf(() => Agent.generic(wrong)).map((text) => text.split(': ')[1])).toEqual([
      ...['name', 'command', 'programs', 'firstRun.arguments.0', 'homeFolders.0', 'homeFolders.1'],
      ...['files', 'files', 'files'],
    ]);
  });

  test.each([
    ['title', (text: string) => ({ title: text })],
    ['a program', (text: string) => ({ programs: { [text]: '@acme/agent/bin/acme-*' } })],
    ['the path of a program', (text: string) => ({ programs: { 'acme-agent': text } })],
    [
      'a first argument',
      (text: string) => ({ firstRun: { ...OWN.firstRun!, arguments: ['--unpack', `x${text}`] } }),
    ],
    [
      'a first variable',
      (text: string) => ({ firstRun: { ...OWN.firstRun!, environment: { ACME_HOME: text } } }),
    ],
    [
      'the name of a first variable',
      (text: string) => ({ firstRun: { ...OWN.firstRun!, environment: { [text]: 'x' } } }),
    ],
    ['the path of a settings file', (text: string) => ({ files: { [text]: '' } })],
    [
      'the text of a settings file',
      (text: string) => ({ files: { '/etc/acme/settings.json': text } }),
    ],
  ])('adds no instruction and no command by %s', (_what, change: (text: string) => object) => {
    const expected = skeleton(dockerfileOf(IMAGE, { agents: [Agent.generic(OWN)] }));
    const words = fc.constantFrom(
      'acme',
      '/etc/acme/x',
      'a;id',
      'a\nRUN id',
      '$(id)',
      '`id`',
      'a b',
    );
    fc.assert(
      fc.property(fc.oneof(anyText, words), (text) => {
        const description = { ...OWN, ...change(text) };
        if (!accepted(() => Agent.generic(description))) return;
        expect(skeleton(dockerfileOf(IMAGE, { agents: [Agent.generic(description)] }))).toEqual(
          expected,
        );
      }),
    );
  });
});
