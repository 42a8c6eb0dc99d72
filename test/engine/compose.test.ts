/** Compose as a program, with docker commands and plugins of our own making. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { composeCommand, runCompose } from '../../lib/engine/compose';

let base: string;
beforeEach(() => (base = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-compose-'))));
afterEach(() => fs.rmSync(base, { recursive: true }));

function program(file: string, script: string): void {
  const absolute = path.join(base, file);
  fs.mkdirSync(path.dirname(absolute), { recursive: true });
  fs.writeFileSync(absolute, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

const env = () => ({ DOCKER_CONFIG: base, PATH: `${base}:/usr/bin:/bin` });
const plugin = (script: string) => program('cli-plugins/docker-compose', script);
/** Where the plugin is installed for everybody, the docker command is not asked. */
const testWithoutPlugin =
  composeCommand({ DOCKER_CONFIG: '/nowhere' }).length === 1 ? test.skip : test;

test('the plugin is run itself, with its words, its input and what it says', async () => {
  plugin('echo "$@"; cat; echo told >&2; exit 3');
  const told: string[] = [];
  const onLine = (line: string) => told.push(line);
  const result = await runCompose({ args: ['up', '-d'], env: env(), input: 'in\n', onLine });
  expect(result).toMatchObject({ exitCode: 3, stdout: 'up -d\nin\n' });
  expect(result.output.split('\n').sort()).toEqual(['', 'in', 'told', 'up -d']);
  expect(told.sort()).toEqual(['in', 'told', 'up -d']);
});

test('a plugin that ends without reading its input is told by its exit code', async () => {
  plugin('exit 5');
  const input = 'x'.repeat(1_000_000);
  expect(await runCompose({ args: [], env: env(), input })).toMatchObject({ exitCode: 5 });
});

test('one that is asked to stop is waited for', async () => {
  plugin("trap 'echo stopped; exit 0' TERM; echo ready; while :; do sleep 0.02; done");
  const controller = new AbortController();
  const run = { args: [], env: env(), onLine: () => controller.abort() };
  const { stdout } = await runCompose({ ...run, signal: controller.signal });
  expect(stdout).toBe('ready\nstopped\n');
});

testWithoutPlugin('a docker command with a Compose of its own is taken', async () => {
  program('docker', 'test "$1" = compose || exit 9; test "$2" = version || { echo no; exit 1; }');
  expect(await runCompose({ args: ['up'], env: env() })).toMatchObject({ exitCode: 1 });
});

testWithoutPlugin.each([
  ['echo "WARNING: x" >&2; echo "docker: unknown command: docker compose" >&2; exit 125'],
  ['echo "docker: unknown command: docker compose"; exit 1'],
])('one that has none is told as that, not by its complaint about words: %s', async (script) => {
  program('docker', script);
  program('docker-compose', 'echo docker-compose version 1.29.2');
  await expect(
    runCompose({ args: ['--project-directory', 'x'], env: env() }),
  ).rejects.toMatchObject({
    code: 'COMPOSE_MISSING',
    message: expect.stringMatching(
      /docker compose says "docker: unknown command: docker compose"; docker-compose 1 is not enough: install/,
    ) as string,
  });
});

testWithoutPlugin('no docker command at all is told', async () => {
  const nowhere = { DOCKER_CONFIG: base, PATH: base };
  await expect(runCompose({ args: ['up'], env: nowhere })).rejects.toMatchObject({
    code: 'COMPOSE_MISSING',
    message: expect.stringContaining('spawn docker ENOENT') as string,
  });
});
