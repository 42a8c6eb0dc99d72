/**
 * The demonstration on a real engine: a sound sandbox refuses every attack and is as before; without one
 * wall the attack on it succeeds, and is told so. One sandbox, one image, a service for each wall.
 */
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { sha256 } from '../../lib/assembly/manifest';
import { MARK } from '../../lib/engine/demo/harness';
import type { AttackResult } from '../../lib/engine/demo/run';
import { describeWithEngine } from './support/engine';
import { PERSON, Project } from './support/project';
import { COMMAND, run, tryRun } from './support/run';

jest.setTimeout(180_000);

type Service = Record<string, unknown> & { volumes: Mount[]; tmpfs: string[] };
interface Mount {
  readonly target: string;
  source: string;
  read_only?: boolean;
}

interface Control {
  readonly name: string;
  readonly weaken: (service: Service) => void;
  /** The attacks that nothing refuses then. */
  readonly succeed: readonly string[];
}

const CONTROLS: readonly Control[] = [
  {
    name: 'with-network',
    weaken: (service) => (service.network_mode = 'bridge'),
    succeed: ['connect-out', 'resolve-name'],
  },
  {
    name: 'writable-source',
    weaken: ({ volumes }) =>
      (volumes.find(({ target }) => target === '/workspace')!.read_only = false),
    succeed: ['write-source'],
  },
  {
    name: 'as-root',
    weaken: (service) => (service.user = '0:0'),
    succeed: ['read-shadow', 'become-root'],
  },
  {
    name: 'may-mount',
    weaken: (service) => {
      service.user = '0:0';
      service.cap_add = ['SYS_ADMIN'];
      service.security_opt = ['no-new-privileges:true', 'apparmor:unconfined'];
    },
    succeed: ['read-shadow', 'become-root', 'mount'],
  },
  {
    name: 'many-processes',
    weaken: (service) => delete service.pids_limit,
    succeed: ['fork'],
  },
  {
    name: 'much-memory',
    weaken: (service) => {
      delete service.mem_limit;
      delete service.memswap_limit;
    },
    succeed: ['fill-memory'],
  },
  {
    name: 'endless-tmp',
    weaken: (service) =>
      (service.tmpfs = ['/tmp:noexec,nosuid,nodev,mode=1777', ...service.tmpfs.slice(1)]),
    succeed: ['fill-tmp'],
  },
];

/** Small, so that the attacks are quick. */
const SMALL = { mem_limit: '768m', memswap_limit: '768m', pids_limit: 64 };
const SMALL_TMP = '/tmp:noexec,nosuid,nodev,size=64m,nr_inodes=65536,mode=1777';

interface Answer {
  readonly isHeld: boolean;
  readonly attacks: readonly AttackResult[];
  readonly changes: readonly string[];
}

describeWithEngine('the demonstration', () => {
  let project: Project;
  let name: string;
  let folder: string;

  const compose = (...args: string[]) =>
    run('docker', ['compose', '-f', path.join(folder, 'docker-compose.yml'), ...args], {
      env: { SANDBOX_UID: String(PERSON.uid), SANDBOX_GID: String(PERSON.gid) },
      timeoutSeconds: 300,
    });
  const container = (service: string) => compose('ps', '--all', '--quiet', service).trim();
  const demo = (service: string, ...args: string[]) =>
    project.trySandboxCdk('demo', `${name}/${service}`, ...args);
  const inside = (service: string, ...words: string[]) =>
    run('docker', ['exec', container(service), ...words]);
  const processes = (service: string) =>
    run('docker', ['top', container(service), '-eo', 'pid,args']);

  beforeAll(() => {
    project = new Project();
    project.write('src/hello.txt', 'hello\n');
    if (process.getuid!() === 0) fs.chownSync(path.join(project.folder, 'src'), PERSON.uid, 0);
    project.sandboxCdk('init', '.');
    project.link();
    project.edit('lib/sandbox.ts', "source: '.',", "source: 'src',");
    project.sandboxCdk('synth');
    name = project.sandboxName();
    folder = path.join(project.folder, 'sandbox.out', name);
    compose('build', '--quiet');
    writeServices();
    compose('up', '--detach', '--no-build');
  }, 300_000);

  afterAll(() => {
    tryRun('docker', [
      ...['compose', '-f', path.join(folder, 'docker-compose.yml'), 'down'],
      ...['--volumes', '--rmi', 'local', '--timeout', '0'],
    ]);
    tryRun('docker', ['image', 'rm', `${name}-agent`]);
    project.remove();
  }, 120_000);

  /** One service for each control, of the same image as the sound one; and the manifest that names them. */
  function writeServices(): void {
    const file = path.join(folder, 'docker-compose.yml');
    const document = parse(fs.readFileSync(file, 'utf8')) as { services: Record<string, Service> };
    const { build: _build, ...rest } = document.services.agent!;
    const tmpfs = [SMALL_TMP, ...rest.tmpfs.slice(1)];
    const sound = { ...rest, ...SMALL, tmpfs, image: `${name}-agent` };
    const services: Record<string, object> = { agent: sound };
    for (const control of CONTROLS) {
      const service = structuredClone(sound) as Service;
      control.weaken(service);
      services[control.name] = service;
    }
    const output = path.join(folder, 'output/agent');
    if (process.getuid!() === 0) fs.chownSync(output, PERSON.uid, PERSON.gid);
    const text = stringify({ ...document, services });
    fs.writeFileSync(file, text);
    const manifest = JSON.parse(project.read('sandbox.out/manifest.json')) as {
      sandboxes: Record<string, { services: string[]; files: Record<string, string> }>;
    };
    manifest.sandboxes[name]!.services = Object.keys(services);
    manifest.sandboxes[name]!.files['docker-compose.yml'] = sha256(text);
    project.write('sandbox.out/manifest.json', JSON.stringify(manifest));
  }

  async function untilHealthy(service: string): Promise<void> {
    const format = ['--format', '{{.State.Health.Status}}', container(service)];
    while (run('docker', ['inspect', ...format]).trim() !== 'healthy') await pause(500);
  }

  /** All that an attack could have left. */
  function stateOf(service: string) {
    const format = '{{.Id}} {{.RestartCount}} {{.State.Pid}} {{.State.Health.Status}}';
    const source = path.join(project.folder, 'src');
    return {
      container: run('docker', ['inspect', '--format', format, container(service)]),
      processes: processes(service),
      tmp: inside(service, 'sh', '-c', 'ls -A /tmp; df --output=used,iused /tmp'),
      mounts: inside(service, 'cat', '/proc/self/mountinfo'),
      source: fs
        .readdirSync(source)
        .map((file) => [file, fs.statSync(path.join(source, file)).mtimeMs]),
      output: fs.readdirSync(path.join(folder, 'output/agent')),
    };
  }

  test('of a sound sandbox shows each attack refused, and leaves everything as it was', async () => {
    await untilHealthy('agent');
    const before = stateOf('agent');
    const { status, stdout, stderr } = demo('agent');
    expect([status, stdout]).toEqual([0, expect.stringContaining('9 refused')]);
    const rows = stdout.split('\n').map((line) => line.split(/ {2,}/));
    const evidenceOf: Record<string, string | undefined> = {};
    for (const [title, , , seen] of rows) evidenceOf[title!] = seen;
    expect(evidenceOf).toMatchObject({
      'connect out': expect.stringMatching(/^ENETUNREACH /) as string,
      'resolve a name': expect.stringMatching(/^E(NETUNREACH|CONNREFUSED) /) as string,
      'write the source': 'EROFS /workspace',
      'read /etc/shadow': 'EACCES',
      'become root': 'EPERM setuid(0), su',
      'mount a file system': expect.stringMatching(/^EPERM /) as string,
      'fork until refused': expect.stringMatching(/^EAGAIN after [56]\d processes$/) as string,
      'fill memory': expect.stringMatching(/^killed at \d{3}M$/) as string,
      'fill /tmp': expect.stringMatching(/^ENOSPC at 64M$/) as string,
    });
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(stderr).toContain(`${name}/agent: fill memory\n`);
    expect(stateOf('agent')).toEqual(before);
  });

  test.each(CONTROLS)('$name: what nothing refuses is told, and exits with 1', (control) => {
    const before = stateOf(control.name).tmp + stateOf(control.name).mounts;
    const { status, stdout } = demo(control.name, '--json');
    const { isHeld, attacks, changes } = JSON.parse(stdout) as Answer;
    const succeeded = attacks.filter(({ outcome }) => outcome === 'succeeded');
    expect({ status, isHeld, changes, succeeded: succeeded.map(({ id }) => id) }).toEqual({
      ...{ status: 1, isHeld: false, changes: [], succeeded: control.succeed },
    });
    // The others hold, whatever is missing beside them.
    expect(attacks.filter(({ outcome }) => outcome === 'untried')).toEqual([]);
    expect(stateOf(control.name).tmp + stateOf(control.name).mounts).toBe(before);
    expect(processes(control.name)).not.toContain(MARK);
    expect(fs.readdirSync(path.join(project.folder, 'src'))).toEqual(['hello.txt']);
  });

  test('says in the table what succeeded', () => {
    const { status, stdout } = demo('with-network');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^connect out +N1 +SUCCEEDED {2}a packet left/m);
  });

  test('takes the first service of several, and says so', () => {
    const { status, stderr } = project.trySandboxCdk('demo');
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining(`in ${name}/agent, the first of 8 services`),
    ]);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 130],
    ['SIGKILL', null],
  ] as const)('%s ends the attackers too', async (signal, code) => {
    const child = spawn(process.execPath, [COMMAND, 'demo', `${name}/much-memory`], {
      cwd: project.folder,
      env: { ...process.env, ...project.personEnv() },
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    let said = '';
    child.stdout.resume();
    child.stderr.on('data', (data: Buffer) => (said += data.toString()));
    while (!said.includes('become root')) await pause(20);
    while (!processes('much-memory').includes(MARK)) await pause(20);
    child.kill(signal);
    expect(await ended).toBe(code);
    for (let look = 0; look < 50 && processes('much-memory').includes(MARK); look++)
      await pause(100);
    expect(processes('much-memory')).not.toContain(MARK);
  });

  test('needs a sandbox that runs, as exec does', () => {
    compose('stop', '--timeout', '0', 'with-network');
    const { status, stderr } = demo('with-network');
    expect([status, stderr]).toEqual([4, expect.stringContaining('has ended; run sandbox-cdk')]);
  });
});
