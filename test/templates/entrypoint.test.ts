/** `entrypoint.sh`, the first program of a sandbox. */
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';

const ENTRYPOINT = path.resolve(__dirname, '../../lib/templates/entrypoint.sh');
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'entrypoint-'));
// Property tests take their time on a busy machine.
jest.setTimeout(30_000);

afterAll(() => fs.rmSync(home, { recursive: true }));

const run = (dirs: string | undefined, ...command: string[]) =>
  spawnSync('/bin/sh', [ENTRYPOINT, ...command], {
    encoding: 'utf8',
    cwd: home,
    env: { PATH: process.env.PATH, ...(dirs === undefined ? {} : { SANDBOX_HOME_DIRS: dirs }) },
  });

it('makes each folder, for the agent alone, and becomes the command', () => {
  const { status, stdout } = run(`${home}/.cache:${home}/.config/tool`, 'echo', 'started');
  expect([status, stdout]).toEqual([0, 'started\n']);
  for (const folder of ['.cache', '.config/tool']) {
    expect(fs.statSync(path.join(home, folder)).mode & 0o777).toBe(0o700);
  }
});

it('gives the command a private umask and no trace of its own variables', () => {
  const { stdout } = run(`${home}/a`, 'sh', '-c', 'umask; echo "${SANDBOX_HOME_DIRS-none}"');
  expect(stdout).toBe('0077\nnone\n');
});

it('runs without folders, and with ones that are there already', () => {
  expect(run(undefined, 'true').status).toBe(0);
  expect(run('', 'true').status).toBe(0);
  expect(run(`${home}::${home}`, 'true').status).toBe(0);
});

it('runs the command although a folder cannot be made, and says so', () => {
  fs.writeFileSync(path.join(home, 'file'), '');
  const { status, stdout, stderr } = run(`${home}/file/x:relative`, 'echo', 'started');
  expect([status, stdout]).toEqual([0, 'started\n']);
  expect(stderr).toContain('Not a directory');
  expect(stderr).toContain('ignored a relative path');
  expect(fs.existsSync(path.join(home, 'relative'))).toBe(false);
});

it('refuses to run nothing', () => {
  const { status, stderr } = run(undefined);
  expect([status, stderr]).toEqual([64, 'entrypoint: no command to run\n']);
});

it("passes on the command's exit code", () => {
  expect(run(undefined, 'sh', '-c', 'exit 42').status).toBe(42);
  expect(run(undefined, '/missing').status).toBe(127);
});

it('hands signals to the command, since the command has its process', async () => {
  const script = 'trap "exit 43" TERM; echo $$; while :; do sleep 0.05; done';
  const child = spawn('/bin/sh', [ENTRYPOINT, 'sh', '-c', script]);
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  const pid = await new Promise((resolve) =>
    child.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))),
  );
  expect(pid).toBe(child.pid);
  child.kill('SIGTERM');
  expect(await ended).toBe(43);
});

it('makes any name as it is, and passes any argument as it is', () => {
  const word = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 });
  const name = word.filter((text) => !/[/:\0]/.test(text) && text !== '.' && text !== '..');
  fc.assert(
    fc.property(name, word, (folder, argument) => {
      const { stdout } = run(`${home}/any/${folder}`, 'printf', '%s', argument);
      expect(stdout).toBe(argument);
      expect(fs.readdirSync(path.join(home, 'any'))).toEqual([folder]);
      fs.rmSync(path.join(home, 'any'), { recursive: true });
    }),
    { numRuns: 50 },
  );
});

it('expands and runs nothing that a folder name holds', () => {
  const names = ['$(touch pwned)', '`touch pwned`', '*', '-p', '--help', 'a b', '\'"', '\n'];
  expect(run(names.map((each) => `${home}/odd/${each}`).join(':'), 'true').status).toBe(0);
  expect(fs.readdirSync(path.join(home, 'odd')).sort()).toEqual([...names].sort());
  expect(fs.existsSync(path.join(home, 'pwned'))).toBe(false);
});
