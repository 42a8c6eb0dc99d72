/**
 * Negative controls of the health check: for every check, a container built without that one wall,
 * on which the check says `broken` and all others go on saying `proven`. Nothing of this can be
 * synthesized (policy refuses it), so the compose file is changed by hand, as an attacker would.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse, stringify } from 'yaml';
import { describeWithEngine } from './support/engine';
import { Project, type RunningSandbox } from './support/project';

interface Service {
  build?: unknown;
  image?: string;
  user?: string;
  network_mode?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt: string[];
  environment: Record<string, string>;
  volumes: { type: string; source: string; target: string; read_only?: boolean }[];
  cpus?: number;
  mem_limit?: string;
  memswap_limit?: string | number;
  pids_limit?: number;
  ulimits: Record<string, unknown>;
  devices?: string[];
  healthcheck?: unknown;
  restart?: string;
}

interface Control {
  /** What is taken away. */
  readonly without: string;
  readonly change: (service: Service) => void;
  /** The checks that must say `broken`; all others must say `proven`. */
  readonly broken: readonly string[];
  /** Checks that look at the same thing from another side, and may say so. */
  readonly related?: readonly string[];
}

const ENGINE_SOCKET = (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace(
  'unix://',
  '',
);

const CONTROLS: readonly Control[] = [
  {
    without: 'an air gap',
    change: (service) => (service.network_mode = 'bridge'),
    broken: [
      'network-interfaces',
      'network-routes',
      'network-connect',
      'network-icmp',
      'network-resolve',
    ],
  },
  {
    without: 'a user of its own',
    change: (service) => (service.user = '0:0'),
    broken: ['uid'],
    // Root without capabilities can neither write to another one's folders nor look into them.
    related: ['writable', 'engine-socket'],
  },
  {
    without: 'dropped capabilities',
    change: (service) => delete service.cap_drop,
    broken: ['capabilities'],
  },
  {
    without: 'no-new-privileges',
    change: (service) => (service.security_opt = []),
    broken: ['no-new-privileges'],
  },
  {
    without: 'a seccomp profile',
    change: (service) => service.security_opt.push('seccomp=unconfined'),
    broken: ['seccomp', 'user-namespaces'],
  },
  {
    without: 'a read-only root',
    change: (service) => (service.read_only = false),
    broken: ['read-only'],
  },
  {
    without: 'a read-only source',
    change: (service) => delete mountAt(service, '/workspace').read_only,
    broken: ['read-only'],
  },
  {
    without: 'a writable output folder',
    change: (service) => (mountAt(service, '/output').read_only = true),
    broken: ['writable'],
  },
  {
    without: 'a memory limit',
    change: (service) => {
      delete service.mem_limit;
      delete service.memswap_limit;
    },
    broken: ['memory'],
    related: ['swap'],
  },
  { without: 'a swap limit', change: (service) => (service.memswap_limit = -1), broken: ['swap'] },
  { without: 'a CPU limit', change: (service) => delete service.cpus, broken: ['cpu'] },
  {
    without: 'a limit of processes',
    change: (service) => delete service.pids_limit,
    broken: ['pids'],
  },
  {
    without: 'a ban on core dumps',
    change: (service) => delete service.ulimits['core'],
    broken: ['ulimits'],
  },
  {
    without: 'a limit of open files',
    change: (service) => (service.ulimits['nofile'] = { soft: 8192, hard: 8192 }),
    broken: ['ulimits'],
  },
  {
    without: 'distance to the engine',
    change: (service) =>
      service.volumes.push({ type: 'bind', source: ENGINE_SOCKET, target: '/var/run/docker.sock' }),
    broken: ['engine-socket'],
    related: ['read-only'],
  },
  {
    without: 'distance to devices',
    change: (service) => (service.devices = ['/dev/kmsg:/dev/kmsg']),
    broken: ['devices'],
  },
  {
    without: 'an environment free of secrets',
    change: (service) => (service.environment['AWS_SECRET_ACCESS_KEY'] = 'canary'),
    broken: ['secret-environment'],
  },
  {
    without: 'protected kernel settings',
    change: (service) => service.security_opt.push('systempaths=unconfined'),
    broken: ['kernel-settings', 'masked-paths'],
  },
];

/** Something for the check to call broken. */
const PLANT_SOCKET = `
import socket
socket.socket(socket.AF_UNIX).bind('/tmp/docker.sock')
`;

/** What an agent that runs as the same user can try: stop the check, and change its words. */
const REWRITE_THE_ANSWER = `
import os, signal, subprocess, threading
tools = '/usr/local/lib/sandbox-cdk/'
check = subprocess.Popen([tools + 'python3', '-I', '-S', tools + 'healthcheck.py'], stdout=subprocess.PIPE, text=True)
refused = patched = 0
while check.poll() is None and refused < 200:
    try:
        os.kill(check.pid, signal.SIGSTOP)
        with open(f'/proc/{check.pid}/maps') as maps:
            areas = [line.split()[0].split('-') for line in maps if ' rw' in line]
        with open(f'/proc/{check.pid}/mem', 'r+b', 0) as memory:
            for start, end in ((int(a, 16), int(b, 16)) for a, b in areas):
                memory.seek(start)
                data = memory.read(end - start)
                changed = data.replace(b'broken\\0', b'proven\\0')
                if changed != data:
                    memory.seek(start)
                    memory.write(changed)
                    patched += 1
    except PermissionError:
        refused += 1
    except (OSError, ValueError):
        pass
    finally:
        os.kill(check.pid, signal.SIGCONT)
print('refused', refused, 'patched', patched)
print(check.communicate()[0])
`;

function mountAt(service: Service, target: string): Service['volumes'][number] {
  const mount = service.volumes.find((volume) => volume.target === target);
  if (!mount) throw new Error(`no mount at ${target}`);
  return mount;
}

function nameOf({ without }: Control): string {
  return without.replaceAll(' ', '-').toLowerCase();
}

describeWithEngine('the health check without one wall', () => {
  let project: Project;
  let sandbox: RunningSandbox;

  beforeAll(() => {
    project = new Project();
    project.sandboxCdk('init', '.', '--level', '1');
    project.link();
    project.write('src/hello.txt', 'hello\n');
    project.sandboxCdk('synth');
    const name = project.sandboxName();
    sandbox = project.sandbox(name);
    sandbox.build();
    removeWalls(path.join(project.folder, 'sandbox.out', name, 'docker-compose.yml'), name);
    sandbox.compose('up', '--detach', '--no-build');
  }, 600_000);

  afterAll(() => {
    sandbox.down();
    project.remove();
  }, 180_000);

  /** One service for each control beside the whole one, all of the same image. */
  function removeWalls(composeFile: string, name: string): void {
    const document = parse(fs.readFileSync(composeFile, 'utf8')) as {
      services: Record<string, Service>;
    };
    const whole = document.services['agent']!;
    for (const control of CONTROLS) {
      const service = structuredClone(whole);
      delete service.build;
      service.image = `${name}-agent`;
      control.change(service);
      document.services[nameOf(control)] = service;
    }
    fs.writeFileSync(composeFile, stringify(document));
  }

  test('with all walls up, every check says proven', () => {
    expect(new Set(Object.values(sandbox.verdicts('agent')))).toEqual(new Set(['proven']));
  });

  test('an agent cannot rewrite the answer in the memory of the running check', () => {
    sandbox.exec('agent', 'python3', '-c', PLANT_SOCKET);
    const { stdout } = sandbox.exec('agent', 'python3', '-c', REWRITE_THE_ANSWER);
    sandbox.exec('agent', 'rm', '/tmp/docker.sock');
    // The attack found the check each time, and was refused its memory each time.
    expect(stdout).toMatch(/^refused [1-9]\d* patched 0$/m);
    expect(stdout).toContain('broken    engine-socket');
  });

  test('an image for root cannot be built', () => {
    for (const id of ['SANDBOX_UID=0', 'SANDBOX_GID=0', 'SANDBOX_UID=root']) {
      expect(() => sandbox.compose('build', '--build-arg', id, 'agent')).toThrow('-gt 0');
    }
  });

  test('every check has a negative control', () => {
    const covered = new Set(CONTROLS.flatMap(({ broken }) => broken));
    expect(Object.keys(sandbox.verdicts('agent')).filter((check) => !covered.has(check))).toEqual(
      [],
    );
  });

  test.each(CONTROLS)('without $without', (control) => {
    const verdicts = sandbox.verdicts(nameOf(control));
    const { broken, related = [] } = control;
    for (const check of broken) expect([check, verdicts[check]]).toEqual([check, 'broken']);
    const others = Object.entries(verdicts).filter(
      ([check]) => !broken.includes(check) && !related.includes(check),
    );
    expect(others.filter(([, verdict]) => verdict !== 'proven')).toEqual([]);
  });

  test.each(CONTROLS)(
    'the engine calls the container without $without unhealthy',
    (control) => {
      const deadline = Date.now() + 60_000;
      let status = 'starting';
      while (status === 'starting' && Date.now() < deadline) {
        status = sandbox.inspect(nameOf(control)).State.Health.Status;
        if (status === 'starting')
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
      }
      expect(status).toBe('unhealthy');
    },
    70_000,
  );
});
