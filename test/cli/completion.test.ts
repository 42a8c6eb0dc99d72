import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createCommandLine } from '../../lib/cli/command-line';
import { completion } from '../../lib/cli/commands/completion';
import { TemporaryProject } from './helpers/temporary-project';
import { recordedIo } from './helpers/recorded-io';

async function script(shell: string): Promise<string> {
  const io = recordedIo();
  const program = createCommandLine(() => undefined);
  await completion(shell, program, { io, cwd: '/', env: {} });
  return io.stdout;
}

const MANIFEST = {
  format: 1,
  policyDigest: 'sha256:x',
  sandboxes: {
    payments: { level: 1, services: ['agent'], files: { 'docker-compose.yml': 'x' } },
    'pay-later': { level: 1, services: ['agent', 'codex'], files: {} },
  },
};

describe('bash', () => {
  let project: TemporaryProject;
  beforeAll(async () => {
    project = new TemporaryProject({
      'sandbox.out/manifest.json': JSON.stringify(MANIFEST, null, 2),
      'completion.bash': await script('bash'),
    });
  });
  afterAll(() => project.remove());

  const complete = (...words: string[]) => completeIn(project.folder, ...words);

  function completeIn(cwd: string, ...words: string[]): string[] {
    const result = spawnSync(
      'bash',
      [
        '--norc',
        '-c',
        `source ${project.path('completion.bash')}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sandbox_cdk; printf '%s\\n' "\${COMPREPLY[@]}"`,
        'bash',
        'sandbox-cdk',
        ...words,
      ],
      { cwd, encoding: 'utf8' },
    );
    expect(result.stderr).toBe('');
    return result.stdout.split('\n').filter(Boolean);
  }

  it('is a script that bash accepts', () => {
    const { status, stderr } = spawnSync('bash', ['-n', project.path('completion.bash')], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('completes commands', () => {
    expect(complete('sy')).toEqual(['synth']);
    expect(complete('')).toEqual(
      expect.arrayContaining(['init', 'synth', 'diff', 'list', 'explain']),
    );
  });

  it('completes names of sandboxes, and only those', () => {
    expect(complete('synth', 'pay')).toEqual(['payments', 'pay-later']);
    expect(complete('synth', '')).toEqual(['payments', 'pay-later']);
  });

  it('completes names of services too, where a command takes them, and asks no engine', () => {
    expect(complete('exec', 'pay')).toEqual([
      'payments',
      'payments/agent',
      'pay-later',
      'pay-later/agent',
      'pay-later/codex',
    ]);
    expect(complete('logs', 'pay-later/c')).toEqual(['pay-later/codex']);
    expect(complete('stop', 'pay-later/')).toEqual([]);
  });

  it('completes names in an output folder that stands alone', () => {
    const there = `${project.folder}/sandbox.out`;
    expect(completeIn(there, 'shell', 'payments/')).toEqual(['payments/agent']);
    expect(completeIn('/', 'shell', '')).toEqual([]);
  });

  it('leaves what follows -- to the shell', () => {
    expect(complete('exec', '--', 'pay')).toEqual([]);
    expect(complete('exec', 'payments', '--', '--w')).toEqual([]);
    expect(complete('exec', 'payments', '--w')).toEqual(['--workdir']);
  });

  it('completes options of the command', () => {
    expect(complete('synth', '--ch')).toEqual(['--check']);
    expect(complete('list', '--ch')).toEqual([]);
  });

  it('completes values of options', () => {
    expect(complete('init', '--level', '')).toEqual(['1', '2', '3']);
    expect(complete('init', '--agent', 'c')).toEqual(['claude-code', 'codex', 'copilot']);
  });

  it('completes what else a command takes', () => {
    expect(complete('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(complete('explain', 'network-not-air')).toEqual(['network-not-air-gapped']);
    expect(complete('explain', 'paym')).toEqual(['payments']);
  });
});

test('the zsh script is accepted by the shell, where there is one', async () => {
  const text = await script('zsh');
  expect(text).toMatch(/^#compdef sandbox-cdk\n/);
  expect(text).toContain('--check[');
  if (fs.existsSync('/usr/bin/zsh')) {
    expect(spawnSync('zsh', ['-n'], { input: text }).status).toBe(0);
  }
});

test('the fish script has a line for every command and quotes what it says', async () => {
  const text = await script('fish');
  expect(text).toContain("-n __fish_use_subcommand -a synth -d '");
  for (const line of text.split('\n'))
    expect(line.replace(/\\./g, '').split("'").length % 2).toBe(1);
});

test('a shell that nobody knows is refused with the closest one', async () => {
  await expect(script('bush')).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('did you mean bash?') as string,
  });
});
