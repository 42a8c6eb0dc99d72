/** Every row that a folder can show: a folder without that one wall, on which it is broken. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parse, stringify } from 'yaml';
import { MANIFEST_FILE, sha256, type Manifest } from '../../lib/assembly/manifest';
import { requireOutput } from '../../lib/assembly/read';
import { PROBES } from '../../lib/engine/probes';
import type { WallResult } from '../../lib/engine/report';
import { validateFolder } from '../../lib/engine/static';
import { App, Level1Sandbox } from '../../index';

type Service = Record<string, unknown> & {
  volumes: { type: string; source: string; target: string; [key: string]: unknown }[];
  tmpfs: string[];
};

const NOTHING = new Map<string, string>();

let project: string;

beforeEach(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-static-'));
  fs.mkdirSync(path.join(project, 'src'));
  const app = new App({ projectDir: project });
  new Level1Sandbox(app, 'lab', { source: 'src' });
  app.synth();
});

afterEach(() => fs.rmSync(project, { recursive: true, force: true }));

const folder = (...parts: string[]) => path.join(project, 'sandbox.out', ...parts);

function validate(allowed: ReadonlyMap<string, string> = NOTHING) {
  return validateFolder(requireOutput(folder(), ['lab']).sandboxes[0]!, allowed);
}

function resultsOf(): readonly WallResult[] {
  return validate().services[0]!.results;
}

function notProven(): Record<string, string> {
  const results = resultsOf().filter(({ verdict }) => verdict !== 'proven');
  return Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]));
}

/** As if the program described it so: another file, with its digest in the manifest. */
function rewrite(change: (service: Service) => void, acknowledged: object[] = []): void {
  const file = folder('lab', 'docker-compose.yml');
  const document = parse(fs.readFileSync(file, 'utf8')) as { services: { agent: Service } };
  change(document.services.agent);
  const text = stringify(document);
  fs.writeFileSync(file, text);
  const manifest = JSON.parse(fs.readFileSync(folder(MANIFEST_FILE), 'utf8')) as Manifest;
  const { lab } = manifest.sandboxes;
  Object.assign(lab!.files, { 'docker-compose.yml': sha256(text) });
  Object.assign(lab!, { acknowledged });
  fs.writeFileSync(folder(MANIFEST_FILE), JSON.stringify(manifest));
}

test('a folder as it was generated has every wall that a folder can have', () => {
  expect(notProven()).toEqual({});
  expect(validate()).toMatchObject({ sandbox: 'lab', isProven: true });
  const missing = PROBES.filter(({ id }) => !resultsOf().some((each) => each.id === id));
  expect(missing.map(({ id }) => id)).toEqual(['N13', 'K8']);
});

const mount = (source: string, target: string) => (service: Service) =>
  service.volumes.push({ type: 'bind', source, target, read_only: true });

test.each<[string[], (service: Service) => void]>([
  [['N1', 'N2', 'N4', 'N6', 'N12'], (service) => (service.network_mode = 'bridge')],
  [['N6'], (service) => (service.extra_hosts = ['host:host-gateway'])],
  [['N12'], (service) => (service.ipc = 'shareable')],
  [['F1'], (service) => (service.read_only = false)],
  [['F1'], (service) => (service.volumes[0]!.read_only = false)],
  [['F3'], mount('/var/run/docker.sock', '/run/x')],
  [['F4'], mount('~/.ssh', '/keys')],
  [['F6'], (service) => (service.tmpfs = ['/tmp'])],
  [['F7'], (service) => delete service.security_opt],
  [['F8'], (service) => (service.volumes[1]!.bind = { create_host_path: true })],
  [['K1'], (service) => (service.cap_add = ['SYS_ADMIN'])],
  [['K1'], (service) => (service.user = 'root')],
  [['K2'], (service) => (service.security_opt = ['seccomp:unconfined'])],
  [['K3'], (service) => (service.security_opt = ['systempaths=unconfined'])],
  [['K4'], (service) => delete service.pids_limit],
  [['K5'], (service) => delete service.mem_limit],
  [['K6'], (service) => (service.ulimits = { core: -1 })],
  [['S1'], (service) => (service.environment = { API_TOKEN: 'sk-live-5f3a9c' })],
  [['S2'], mount('./agent/Dockerfile', '/usr/local/lib/sandbox-cdk/healthcheck.py')],
])('%j broken by the folder', (rows, change) => {
  rewrite(change);
  const found = notProven();
  for (const row of rows) expect(found[row]).toBe('broken');
  expect(validate().isProven).toBe(false);
});

test('a secret of the source is told, for start masks it', () => {
  fs.writeFileSync(path.join(project, 'src/.env'), 'API_KEY=abc\n');
  const f2 = resultsOf().find(({ id }) => id === 'F2');
  expect(f2).toMatchObject({
    verdict: 'proven',
    evidence: expect.stringContaining('start masks /workspace/.env') as string,
  });
});

test('a source that is not here leaves open what is in it', () => {
  fs.rmdirSync(path.join(project, 'src'));
  expect(notProven()).toEqual({ F2: 'unproven' });
  expect(validate(new Map([['F2', 'the source is checked elsewhere']])).isProven).toBe(true);
});

test('a trap in the output folder is found', () => {
  fs.mkdirSync(folder('lab/output/agent'), { recursive: true });
  fs.symlinkSync('/etc/passwd', folder('lab/output/agent/report'));
  expect(notProven()).toEqual({ F5: 'broken' });
});

test('a folder that is not as generated is told, whatever was changed', () => {
  fs.appendFileSync(folder('lab/agent/Dockerfile'), '\n# edited\n');
  const d1 = resultsOf().find(({ id }) => id === 'D1');
  expect(d1).toMatchObject({
    verdict: 'broken',
    evidence: expect.stringContaining('lab/agent/Dockerfile') as string,
    fix: expect.stringContaining('synth --overwrite') as string,
  });
});

test('what the program accepted is accepted, and nothing beside it', () => {
  const accepted = { rule: 'pids-limit-missing', construct: 'lab/agent', reason: 'a test' };
  rewrite((service) => delete service.pids_limit, [accepted]);
  expect(notProven()).toEqual({ K4: 'broken' });
  expect(validate().isProven).toBe(true);
  rewrite((service) => (service.read_only = false), [accepted]);
  expect(validate().isProven).toBe(false);
});

test('an accepted rule hides no trap that lies there', () => {
  const accepted = { rule: 'source-writable', construct: 'lab/agent', reason: 'a test' };
  rewrite((service) => (service.volumes[0]!.read_only = false), [accepted]);
  expect(notProven()).toEqual({ F1: 'broken', F5: 'broken' });
  expect(validate().isProven).toBe(true);
  fs.symlinkSync('/etc', path.join(project, 'src/etc'));
  expect(validate().isProven).toBe(false);
});

test.each(['', '[]', 'services: 1', 'a: [', 'services:\n  a: {}\n  a: {}\n'])(
  'a compose file of %j is refused with the file and what to do',
  (text) => {
    fs.writeFileSync(folder('lab/docker-compose.yml'), text);
    expect(() => validate()).toThrow(/docker-compose\.yml .*sandbox-cdk synth --overwrite/s);
  },
);
