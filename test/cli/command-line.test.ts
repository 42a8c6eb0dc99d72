/** The command line itself: help, versions, misspellings, and usage errors in both forms. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createCommandLine } from '../../lib/cli/command-line';
import { main } from '../../lib/cli/main';
import { recordedIo } from './helpers/recorded-io';

async function run(...argv: string[]) {
  const io = recordedIo();
  const code = await main({ argv, io, cwd: '/', env: {} });
  return { code, stdout: io.stdout, stderr: io.stderr };
}

const commands = createCommandLine(() => undefined).commands.map((command) => command.name());

test('--version prints the version and nothing else', async () => {
  const { version } = JSON.parse(
    fs.readFileSync(path.resolve(__dirname, '../../package.json'), 'utf8'),
  ) as { version: string };
  expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('--help names every command, gives examples and explains exit codes', async () => {
  const { code, stdout, stderr } = await run('--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const name of commands) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  expect(stdout).toContain('Examples:\n  $ sandbox-cdk init');
  expect(stdout).toMatch(/^Exit codes:$/m);
});

test.each(commands)('%s --help has examples', async (name) => {
  const { code, stdout } = await run(name, '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Usage: sandbox-cdk ${name}`));
  expect(stdout).toContain('\nExamples:\n');
});

test('no command at all shows the help', async () => {
  expect(await run()).toEqual(await run('--help'));
});

test.each([
  [['snyth'], 'Did you mean synth?'],
  [['synth', '--chek'], 'Did you mean --check?'],
  [['init', '--level', '4'], 'Allowed choices are 1, 2, 3'],
  [['synth', '--timeout', 'soon'], 'Give a number of seconds'],
  [['synth', '--context', 'novalue'], 'Give it as KEY=VALUE'],
  [['synth', '--check', '--stdout'], 'cannot be used with'],
  [['completion'], "missing required argument 'shell'"],
])('%j is a usage error', async (argv, message) => {
  const { code, stdout, stderr } = await run(...argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('a usage error with --json is JSON on stdout', async () => {
  const { code, stdout, stderr } = await run('list', '--nonsense', '--json');
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USAGE', exitCode: 2 } });
});

test('a folder without a project is a usage error that says what to do', async () => {
  const { code, stderr } = await run('synth');
  expect(code).toBe(2);
  expect(stderr).toContain('found no cdk-like.json');
  expect(stderr).toContain('sandbox-cdk init');
});

test('help for a command that does not exist answers as the command itself', async () => {
  const [help, command] = await Promise.all([run('help', 'sinth'), run('sinth')]);
  expect(help).toEqual(command);
  expect(help.stderr).toContain('synth');
});

test('init --help lists the agents, and no empty default', async () => {
  const { stdout } = await run('init', '--help');
  expect(stdout.replace(/\s+/g, ' ')).toContain('"claude-code", "codex", "gemini-cli", "copilot"');
  expect(stdout).not.toContain('default: []');
});
