import * as fs from 'node:fs';
import * as path from 'node:path';
import { explain } from '../../lib/cli/commands/explain';
import { allFindings } from '../../lib/cli/explain/explain-finding';
import { recordedIo } from './helpers/recorded-io';

const options = { timeout: 60 };

async function run(id?: string, json = false) {
  const io = recordedIo();
  const code = await explain(id, { ...options, json }, { io, cwd: '/', env: {} });
  return { code, stdout: io.stdout, stderr: io.stderr };
}

test('a rule is explained with its reason, its fix and its acknowledgement', async () => {
  const { code, stdout } = await run('network-not-air-gapped');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^network-not-air-gapped: /);
  expect(stdout).toMatch(/^ {2}why +\S/m);
  expect(stdout).toMatch(/^ {2}fix +\S/m);
  expect(stdout).toContain("sandbox.acknowledge('network-not-air-gapped', 'why it is needed')");
});

test('a finding that is no rule is explained too', async () => {
  const { stdout } = await run('unknown-prop');
  expect(stdout).toMatch(/^unknown-prop: /);
  expect(stdout).toMatch(/accept +not possible/);
});

test('without an id, all ids are listed', async () => {
  const { stdout } = await run();
  const listed = stdout.split('\n').map((line) => line.split(' ')[0]);
  expect(listed).toEqual(['ID', ...allFindings().map(({ id }) => id), '']);
});

test('JSON has the same as the text', async () => {
  const one = JSON.parse((await run('root-user', true)).stdout) as object;
  expect(one).toMatchObject({ id: 'root-user', acknowledgeable: true });
  const all = JSON.parse((await run(undefined, true)).stdout) as { findings: unknown[] };
  expect(all.findings).toHaveLength(allFindings().length);
});

test('a misspelt id is a usage error that suggests the right one', async () => {
  await expect(run('network-not-air-gaped')).rejects.toMatchObject({
    exitCode: 2,
    code: 'UNKNOWN_ID',
    message: expect.stringContaining('did you mean network-not-air-gapped?') as string,
  });
});

test('every finding that the sources can make is known', () => {
  const known = new Set(allFindings().map(({ id }) => id));
  const unknown = sources(path.resolve(__dirname, '../../lib'))
    .flatMap((file) => [...fs.readFileSync(file, 'utf8').matchAll(/\brule: '([a-z-]+)'/g)])
    .map((match) => match[1]!)
    .filter((id) => !known.has(id));
  expect(unknown).toEqual([]);
});

function sources(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return sources(file);
    return file.endsWith('.ts') ? [file] : [];
  });
}
