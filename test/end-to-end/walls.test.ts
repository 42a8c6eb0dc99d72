/**
 * Negative controls: for every probe a service built without that one wall, beside one that has them
 * all. One sandbox, one image, one validation.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse, stringify } from 'yaml';
import { sha256 } from '../../lib/assembly/manifest';
import { PROBES } from '../../lib/engine/probes';
import type { SandboxReport } from '../../lib/engine/report';
import { describeWithEngine } from './support/engine';
import { PERSON, Project } from './support/project';
import { run, tryRun } from './support/run';

type Service = Record<string, unknown> & { volumes: Mount[]; tmpfs: string[]; environment: object };
interface Mount {
  readonly type: string;
  source: string;
  readonly target: string;
  read_only?: boolean;
}

interface Control {
  /** The row whose wall is missing. */
  readonly row: string;
  /** Takes the wall away in the document, before the start. */
  readonly weaken?: (service: Service, folder: string) => void;
  /** Takes it away on the running container. */
  readonly meddle?: (container: string, folder: string) => void;
  /** Other rows that cannot hold without this wall, and why. */
  readonly also?: Readonly<Record<string, string>>;
  /** Why there is no container without this wall on gVisor. */
  readonly heldByGvisor?: string;
}

const OWN = '/usr/local/lib/sandbox-cdk';

const CONTROLS: readonly Control[] = [
  {
    row: 'N1',
    weaken: (service) => (service.network_mode = 'bridge'),
    also: {
      N2: 'a network brings a resolver',
      N4: 'and lets ICMP out',
      N6: 'and its gateway is the host',
      N13: 'the health check still expects no interface',
    },
    heldByGvisor: 'the engine’s configuration gives it no network whatever is asked for',
  },
  {
    row: 'N13',
    meddle: (container) => {
      run('docker', ['network', 'disconnect', 'none', container]);
      run('docker', ['network', 'connect', 'bridge', container]);
    },
    also: {
      N1: 'the network leads out',
      N2: 'and has a resolver',
      N4: 'and lets ICMP out',
      N6: 'and its gateway is the host',
    },
  },
  {
    row: 'N12',
    weaken: (service) => (outputOf(service).source = './output/shared'),
  },
  { row: 'F1', weaken: (service) => (service.read_only = false) },
  {
    row: 'F2',
    weaken: (service, folder) => {
      fs.mkdirSync(path.join(folder, 'source-F2'));
      sourceOf(service).source = './source-F2';
    },
    // It appears after the start, so nothing masks it.
    meddle: (_container, folder) =>
      fs.writeFileSync(path.join(folder, 'source-F2', '.env'), 'API_KEY=abc\n'),
  },
  {
    row: 'F3',
    weaken: (service) =>
      service.volumes.push({
        type: 'bind',
        source: engineSocket(),
        target: '/run/x',
        read_only: true,
      }),
    heldByGvisor: 'a container with a socket of the host does not start',
  },
  {
    row: 'F4',
    weaken: (service, folder) => {
      fs.mkdirSync(path.join(folder, '.ssh'));
      service.volumes.push({ type: 'bind', source: './.ssh', target: '/keys', read_only: true });
    },
  },
  {
    row: 'F5',
    meddle: (container) =>
      run('docker', ['exec', container, 'ln', '-s', '/etc/passwd', '/output/report']),
  },
  {
    row: 'F6',
    weaken: (service) => (service.tmpfs = ['/tmp:noexec,nosuid,nodev', ...service.tmpfs.slice(1)]),
  },
  {
    row: 'F7',
    weaken: (service) => (service.security_opt = []),
    heldByGvisor: 'no_new_privs is always set there',
  },
  {
    row: 'F8',
    meddle: (_container, folder) => fs.chownSync(path.join(folder, 'output/without-f8'), 0, 0),
  },
  {
    row: 'K1',
    weaken: (service) => (service.cap_add = ['NET_ADMIN']),
  },
  {
    row: 'K2',
    weaken: (service) => (service.security_opt = ['no-new-privileges:true', 'seccomp:unconfined']),
    also: { K1: 'the health check makes a user namespace, and has every capability in it' },
  },
  {
    row: 'K3',
    weaken: (service) =>
      (service.security_opt = ['no-new-privileges:true', 'systempaths=unconfined']),
  },
  { row: 'K4', weaken: (service) => delete service.pids_limit },
  { row: 'K5', weaken: (service) => (service.memswap_limit = -1) },
  { row: 'K6', weaken: (service) => (service.ulimits = { nofile: { soft: 4096, hard: 4096 } }) },
  {
    row: 'S1',
    weaken: (service) =>
      (service.environment = { ...service.environment, DEPLOY_TOKEN: 'canary-5f3a9c' }),
  },
  {
    row: 'S2',
    weaken: (service, folder) => {
      fs.writeFileSync(path.join(folder, 'fake.py'), 'print("[]")\n');
      const target = `${OWN}/healthcheck.py`;
      service.volumes.push({ type: 'bind', source: './fake.py', target, read_only: true });
    },
    also: Object.fromEntries(
      ['N1', 'N2', 'N4', 'N6', 'N13', 'F1', 'F3', 'F8', 'K1', 'K2', 'K3', 'S1'].map((row) => [
        row,
        'what a process inside must try is asked by the health check',
      ]),
    ),
  },
  {
    row: 'D1',
    meddle: (container) => run('docker', ['update', '--pids-limit', '300', container]),
    also: { K4: 'the limit is above the described one' },
    heldByGvisor: 'it takes no other limits once it runs',
  },
];

/** Rows that no container can be built without here; tested elsewhere. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  N2: 'with N1: without a network there is no resolver to be had',
  N4: 'with N1: without a network there is nothing to send',
  N6: 'with N1, and by its names in test/engine/probes',
  K7: 'below, for it takes another description',
  K8: 'test/engine/escapes.test.ts: the engine is what it is',
};

function sourceOf({ volumes }: Service): Mount {
  return volumes.find(({ target }) => target === '/workspace')!;
}

function outputOf({ volumes }: Service): Mount {
  return volumes.find(({ target }) => target === '/output')!;
}

function engineSocket(): string {
  const host = run('docker', [
    'context',
    'inspect',
    '--format',
    '{{.Endpoints.docker.Host}}',
  ]).trim();
  return host.replace('unix://', '');
}

function nameOf({ row }: Control): string {
  return `without-${row.toLowerCase()}`;
}

function describeControls(runtime: 'runc' | 'runsc'): void {
  const controls = CONTROLS.filter(
    ({ heldByGvisor }) => runtime === 'runc' || heldByGvisor === undefined,
  );
  let project: Project;
  let folder: string;
  let report: SandboxReport;
  const compose = (...args: string[]) =>
    run('docker', ['compose', '-f', path.join(folder, 'docker-compose.yml'), ...args], {
      env: { SANDBOX_UID: String(PERSON.uid), SANDBOX_GID: String(PERSON.gid) },
      timeoutSeconds: 300,
    });

  beforeAll(() => {
    project = new Project();
    fs.mkdirSync(path.join(project.folder, 'src'));
    project.sandboxCdk('init', '.');
    project.link();
    project.edit('lib/sandbox.ts', "source: '.',", `source: 'src', runtime: '${runtime}',`);
    project.sandboxCdk('synth');
    const name = project.sandboxName();
    folder = path.join(project.folder, 'sandbox.out', name);
    compose('build', '--quiet');
    weakenAll(name);
    compose('up', '--detach', '--no-build');
    for (const control of controls) {
      control.meddle?.(compose('ps', '--quiet', nameOf(control)).trim(), folder);
    }
    report = validate(project);
  }, 300_000);

  afterAll(() => {
    tryRun('docker', [
      ...['compose', '-f', path.join(folder, 'docker-compose.yml'), 'down'],
      ...['--volumes', '--rmi', 'local', '--timeout', '0'],
    ]);
    tryRun('docker', ['image', 'rm', `${path.basename(folder)}-agent`]);
    project.remove();
  }, 120_000);

  /** One service for each control, of the same image as the sound one. */
  function weakenAll(name: string): void {
    const file = path.join(folder, 'docker-compose.yml');
    const document = parse(fs.readFileSync(file, 'utf8')) as { services: Record<string, Service> };
    const { build: _build, ...rest } = document.services.agent!;
    const sound = { ...rest, image: `${name}-agent` };
    const services: Record<string, Service> = { agent: sound };
    for (const control of controls) {
      const service = structuredClone(sound) as unknown as Service;
      outputOf(service).source = `./output/${nameOf(control)}`;
      control.weaken?.(service, folder);
      services[nameOf(control)] = service;
      makeOutput(outputOf(service).source);
    }
    // The other half of N12: who shares the folder.
    services.peer = structuredClone(services['without-n12']!);
    makeOutput('./output/agent');
    const text = stringify({ ...document, services });
    fs.writeFileSync(file, text);
    adoptInManifest(name, Object.keys(services), text);
  }

  function makeOutput(source: string): void {
    const output = path.join(folder, source);
    fs.mkdirSync(output, { recursive: true });
    if (process.getuid!() === 0) fs.chownSync(output, PERSON.uid, PERSON.gid);
  }

  /** As if the program described it so: what is tested is the probes, not the drift of the folder. */
  function adoptInManifest(name: string, services: string[], compose: string): void {
    const file = 'sandbox.out/manifest.json';
    const manifest = JSON.parse(project.read(file)) as {
      sandboxes: Record<string, { services: string[]; files: Record<string, string> }>;
    };
    manifest.sandboxes[name]!.services = services;
    manifest.sandboxes[name]!.files['docker-compose.yml'] = sha256(compose);
    project.write(file, JSON.stringify(manifest));
  }

  function notProvenOn(service: string) {
    const { results } = report.services.find((each) => each.service === service)!;
    return results.filter(({ verdict }) => verdict !== 'proven');
  }

  function brokenOn(service: string): string[] {
    return notProvenOn(service)
      .filter(({ verdict }) => verdict === 'broken')
      .map(({ id }) => id);
  }

  test('the sound one has every wall proven, but for the age of this engine', () => {
    const { results } = report.services.find(({ service }) => service === 'agent')!;
    expect(notProvenOn('agent').filter(({ id }) => id !== 'K8')).toEqual([]);
    expect(results.map(({ id }) => id)).toEqual(PROBES.map(({ id }) => id));
  });

  test.each(controls)(
    '$row is broken on the service without it, and all others hold',
    (control) => {
      const { row, also = {} } = control;
      expect(brokenOn(nameOf(control))).toContain(row);
      const expected = [row, 'K8', ...Object.keys(also)];
      expect(notProvenOn(nameOf(control)).filter(({ id }) => !expected.includes(id))).toEqual([]);
    },
  );

  test('every row has a control, or says where it is tested', () => {
    const covered = [...CONTROLS.map(({ row }) => row), ...Object.keys(ELSEWHERE)];
    expect(covered.sort()).toEqual(PROBES.map(({ id }) => id).sort());
    if (runtime === 'runc') {
      expect(brokenOn('without-n1')).toEqual(expect.arrayContaining(['N1', 'N2', 'N4', 'N6']));
    }
  });

  test('no evidence shows the value of a secret', () => {
    expect(JSON.stringify(report)).not.toContain('canary-5f3a9c');
  });

  test('a folder that asks for another runtime than what runs breaks K7', () => {
    const file = path.join(folder, 'docker-compose.yml');
    const before = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, before.replace(`runtime: ${runtime}`, 'runtime: another'));
    const { services } = validate(project);
    fs.writeFileSync(file, before);
    const k7 = services
      .find(({ service }) => service === 'agent')!
      .results.find(({ id }) => id === 'K7');
    expect(k7).toMatchObject({
      verdict: 'broken',
      evidence: `${runtime}, and another is described`,
    });
  }, 120_000);
}

for (const runtime of ['runc', 'runsc'] as const) {
  describeWithEngine(
    `on ${runtime}, a service without one wall`,
    () => describeControls(runtime),
    runtime,
  );
}

/** The report, whatever its answer. */
function validate(project: Project): SandboxReport {
  const { stdout, stderr } = project.trySandboxCdk('validate', '--json');
  if (!stdout.startsWith('{')) throw new Error(`validate said no JSON: ${stdout}${stderr}`);
  return (JSON.parse(stdout) as { sandboxes: SandboxReport[] }).sandboxes[0]!;
}
