/** Bad input, a machine that lacks something, and people at cross purposes: what is said, and what is left. */
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { composeCommand } from '../../lib/engine/compose';
import { projectName, realFolder } from '../../lib/engine/deployment';
import { runCommand, startCommand } from './support/command';
import { describeWithEngine } from './support/engine';
import { EngineProxy } from './support/engine-proxy';
import type { Project } from './support/project';
import { run } from './support/run';
import { ALLOWED, newProject } from './support/solo';

jest.setTimeout(120_000);

const isRoot = process.getuid!() === 0;
const testAsRoot = isRoot ? test : test.skip;

const noPlugins = { DOCKER_CONFIG: '/nowhere' };
/** A plugin that is installed for everybody is found without the docker command, and cannot be hidden. */
function testWithoutPlugin(what: string, run: () => Promise<void>): void {
  if (composeCommand({ ...process.env, ...noPlugins }).length > 1) test(what, run);
  else test.skip(`${what} (skipped: the Compose plugin is installed for everybody)`, run);
}

let project: Project;
let name: string;

const sandboxCdk = (...args: string[]) => project.trySandboxCdk(...args);
const start = (...args: string[]) => sandboxCdk('start', ...ALLOWED, ...args);
const inFolder = (...parts: string[]) => path.join(project.folder, 'sandbox.out', name, ...parts);
const composeFile = () => `sandbox.out/${name}/docker-compose.yml`;
const state = () => {
  const { sandboxes } = JSON.parse(sandboxCdk('status', '--json').stdout) as {
    sandboxes: { services: { state: string }[] }[];
  };
  return sandboxes[0]!.services[0]!.state;
};

function prepare(): void {
  project = newProject();
  name = project.sandboxName();
}

function remove(): void {
  sandboxCdk('clean', '--yes', '--outputs');
  project.remove();
}

/** The command with another environment. */
const withEnv = (env: NodeJS.ProcessEnv, ...args: string[]) => runCommand(project, args, { env });

describeWithEngine('an output folder that is not whole', () => {
  const MANIFEST = 'sandbox.out/manifest.json';
  let whole: string;

  beforeAll(() => {
    prepare();
    whole = project.read(MANIFEST);
    expect(start().status).toBe(0);
  });
  afterAll(remove);
  afterEach(() => project.write(MANIFEST, whole));

  const changed = (change: (manifest: object) => void) => () => {
    const manifest = JSON.parse(whole) as object;
    change(manifest);
    return JSON.stringify(manifest);
  };
  const wrongServices = (manifest: { sandboxes?: Record<string, object> }) =>
    Object.assign(manifest.sandboxes![name]!, { services: 'agent' });

  test.each<[what: string, content: () => string, says: string]>([
    [
      'of a newer version',
      changed((manifest) => Object.assign(manifest, { format: 99 })),
      'has format 99, written by a newer version; this one knows up to 1. Update sandbox-cdk',
    ],
    ['that is no JSON', () => 'hello', 'is no JSON: '],
    ['that is cut off', () => whole.slice(0, 200), 'is no JSON: '],
    ['that is empty', () => '', 'is no JSON: '],
    ['that is JSON of something else', () => '[]', 'holds no JSON object'],
    ['with wrong types', changed(wrongServices), 'has no valid services for the sandbox'],
    ['with a merge conflict', () => `<<<<<<< ours\n${whole}`, 'holds a merge conflict'],
  ])('a manifest %s is told by every command, and nothing is touched', (_what, content, says) => {
    project.write(MANIFEST, content());
    for (const command of ['start', 'status', 'stop', 'clean --yes']) {
      const { status, stdout, stderr } = sandboxCdk(...command.split(' '));
      expect({ status, stdout, stderr }).toEqual({
        status: 2,
        stdout: '',
        stderr: expect.stringContaining(says) as string,
      });
    }
    project.write(MANIFEST, whole);
    expect(state()).toBe('running');
  });

  test('a file that is missing is told with what writes it again; what runs goes on', () => {
    fs.rmSync(inFolder('agent/Dockerfile'));
    const { status, stderr } = start();
    expect(status).toBe(1);
    expect(stderr).toBe(
      `error: generated files are missing: ${name}/agent/Dockerfile; sandbox-cdk synth writes them again\n`,
    );
    expect(state()).toBe('running');
    project.sandboxCdk('synth');
    expect(start().status).toBe(0);
  });

  test('a folder that is gone can still be looked at, entered and stopped', () => {
    fs.renameSync(inFolder(), `${inFolder()}.gone`);
    expect(start().stderr).toMatch(/generated files are missing: .*docker-compose\.yml/);
    expect(state()).toBe('running');
    expect(sandboxCdk('exec', '--', 'true').status).toBe(0);
    expect(sandboxCdk('stop').stderr).toContain('agent (exited)');
    fs.renameSync(`${inFolder()}.gone`, inFolder());
    expect(start().status).toBe(0);
  });
});

describeWithEngine('a machine that lacks something', () => {
  beforeAll(prepare);
  afterAll(remove);

  const tools = () => path.join(project.folder, 'tools');

  testWithoutPlugin(
    'without a docker command, or with one that has no Compose, says what to install',
    async () => {
      fs.mkdirSync(tools());
      const old = path.join(tools(), 'docker-compose');
      fs.writeFileSync(old, '#!/bin/sh\necho docker-compose version 1.29.2\n', { mode: 0o755 });
      for (const PATH of [`${tools()}:${process.env['PATH']}`, tools()]) {
        const { code, output } = await withEnv({ ...noPlugins, PATH }, 'start');
        expect(code).toBe(4);
        expect(output).toMatch(
          /Docker Compose 2 is needed .*docker-compose 1 is not enough: install/,
        );
      }
      expect(state()).toBe('none');
    },
  );

  test.each(['abc', '0', '-1', '1000.5'])('SANDBOX_UID=%s is told, not ignored', async (id) => {
    const { code, output } = await withEnv({ SANDBOX_UID: id }, 'start');
    expect(code).toBe(2);
    expect(output).toContain(`SANDBOX_UID is "${id}"; allowed are whole numbers from 1 to`);
    expect(state()).toBe('none');
  });

  test('something else at the engine’s address is told', async () => {
    const socket = path.join(project.folder, 'other.sock');
    const server = net.createServer((connection) => {
      connection.on('error', () => undefined);
      connection.end('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi');
    });
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const { code, output } = await withEnv({ DOCKER_HOST: `unix://${socket}` }, 'status');
    server.close();
    expect(code).toBe(4);
    expect(output).toContain('(DOCKER_HOST) is no container engine: it has no JSON at /containers');
  });

  test('a build for which the disk has no space says how to get some', () => {
    const file = `sandbox.out/${name}/agent/Dockerfile`;
    const before = project.read(file);
    project.edit(file, 'WORKDIR /workspace', 'RUN echo "x: No space left on device" >&2; false');
    const { status, stderr } = start('--edited');
    project.write(file, before);
    expect(status).toBe(4);
    expect(stderr).toContain('the image of agent could not be built');
    expect(stderr).toContain('docker system df shows what takes it');
  });

  describe('with a full disk', () => {
    const full = () => path.join(project.folder, 'full');
    const fill = () => {
      const file = fs.openSync(path.join(full(), 'fill'), 'a');
      try {
        for (;;) fs.writeSync(file, Buffer.alloc(1024));
      } catch {
        fs.closeSync(file);
      }
    };

    beforeEach(() => {
      fs.mkdirSync(full(), { recursive: true });
      run('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', full()]);
    });
    afterEach(() => void run('umount', [full()]));

    testAsRoot('nothing is started that could not be locked, and no lock is left', async () => {
      fill();
      const { code, output } = await withEnv({ XDG_STATE_HOME: full() }, 'start');
      expect(code).toBe(4);
      expect(output).toMatch(/nothing can be remembered in .*: no space is left on the disk/);
      fs.rmSync(path.join(full(), 'fill'));
      expect(fs.readdirSync(full(), { recursive: true }).join()).not.toContain('.lock');
      expect(state()).toBe('none');
    });

    testAsRoot('synth leaves the folder that was there', () => {
      fs.cpSync(inFolder('..'), full(), { recursive: true });
      project.write('src/more.txt', '');
      fs.rmSync(path.join(full(), name, 'agent/healthcheck.py'));
      const before = fs.readFileSync(path.join(full(), 'manifest.json'), 'utf8');
      fill();
      const { status, stderr } = sandboxCdk('synth', '--output', full());
      expect(status).toBe(2);
      expect(stderr).toContain('no space is left on the disk');
      expect(fs.readFileSync(path.join(full(), 'manifest.json'), 'utf8')).toBe(before);
    });
  });

  testAsRoot(
    'an output folder of somebody else is told with the command that gives it',
    async () => {
      const proxy = await new EngineProxy().listen();
      const home = path.join(project.folder, 'home');
      const plugins = path.join(home, '.docker/cli-plugins');
      fs.mkdirSync(plugins, { recursive: true });
      // Tests of root have theirs where nobody else may look.
      fs.copyFileSync(composeCommand(process.env)[0], path.join(plugins, 'docker-compose'));
      run('chown', ['-R', '4321:4321', home]);
      const own = { HOME: home, DOCKER_CONFIG: path.join(home, '.docker'), XDG_STATE_HOME: home };
      const person = { SANDBOX_UID: '', SANDBOX_GID: '' };
      const { code, output } = await runCommand(project, ['start'], {
        env: { ...proxy.env, ...own, ...person },
        uid: 4321,
        gid: 4321,
      });
      proxy.close();
      expect(code).toBe(4);
      expect(output).toMatch(
        /output\/agent belongs to uid \d+, and the sandbox runs as uid 4321: sudo chown 4321:4321 /,
      );
      expect(state()).toBe('none');
    },
  );
});

describeWithEngine('what somebody else has already', () => {
  const TAKEN = `sandbox-cdk-taken-${process.pid}`;
  let before: string;

  beforeAll(() => {
    prepare();
    before = project.read(composeFile());
    expect(start().status).toBe(0);
  });
  afterAll(remove);
  afterEach(() => {
    project.write(composeFile(), before);
    const { status, stderr } = start();
    expect([status, stderr]).toEqual([0, expect.stringContaining('started')]);
  });

  const withService = (line: string) => project.edit(composeFile(), 'network_mode: none', line);

  test('a port is told, and the start after it mends what that left', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    const { port } = server.address() as net.AddressInfo;
    withService(`network_mode: bridge\n    ports: ['${port}:80']`);
    const { status, stderr } = start('--edited');
    server.close();
    expect(status).toBe(4);
    expect(stderr).toContain('something else on this host has that port: end it');
    expect(state()).toBe('created');
  });

  test('the name of a container is told', () => {
    const image = run('docker', ['inspect', '--format', '{{.Image}}', container()]).trim();
    run('docker', ['create', '--name', TAKEN, image]);
    withService(`network_mode: none\n    container_name: ${TAKEN}`);
    const { status, stderr } = start('--edited');
    run('docker', ['rm', TAKEN]);
    expect(status).toBe(4);
    expect(stderr).toContain('another container has that name: docker rm removes it');
  });

  test('the name of a network is told', () => {
    run('docker', ['network', 'create', TAKEN]);
    withService('networks: [own]');
    project.write(
      composeFile(),
      `${project.read(composeFile())}networks:\n  own: { name: ${TAKEN}, internal: true }\n`,
    );
    const { status, stderr } = start('--edited');
    run('docker', ['network', 'rm', TAKEN]);
    expect(status).toBe(4);
    expect(stderr).toContain('another project has one of that name');
  });

  const container = () =>
    (
      JSON.parse(sandboxCdk('status', '--json').stdout) as {
        sandboxes: { services: { container: string }[] }[];
      }
    ).sandboxes[0]!.services[0]!.container;
});

describeWithEngine('two at a time', () => {
  let proxy: EngineProxy;

  beforeAll(prepare);
  beforeEach(async () => void (proxy = await new EngineProxy().listen()));
  afterEach(() => proxy.close());
  afterAll(remove);

  test('a stop during a build says that the start goes on, and who it is', async () => {
    const held = proxy.on(/^POST \/(?:v[\d.]+\/)?(?:build|session|grpc)/, 'hold');
    const starts = startCommand(project, ['start', ...ALLOWED], { env: proxy.env });
    await held;
    for (const option of [[], ['--now']]) {
      const { status, stderr } = sandboxCdk('stop', ...option);
      expect(status).toBe(0);
      expect(stderr).toContain('nothing was stopped');
      expect(stderr).toMatch(new RegExp(`warning: process ${starts.child.pid} on .* works on`));
    }
    starts.child.kill('SIGTERM');
    expect(await starts.code).toBe(130);
    expect(sandboxCdk('stop').stderr).not.toContain('warning');
  });

  test('two starts end well, one after the other', async () => {
    const both = await Promise.all([0, 1].map(() => runCommand(project, ['start', ...ALLOWED])));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both.filter(({ output }) => /waiting for process \d+ on/.test(output))).toHaveLength(1);
    expect(state()).toBe('running');
  });

  test('a stop while a start waits for health ends both', async () => {
    const before = project.read(composeFile());
    project.edit(composeFile(), 'network_mode: none', 'network_mode: bridge');
    const starts = startCommand(project, ['start', '--edited', ...ALLOWED]);
    await starts.says('waiting for the health checks');
    expect(sandboxCdk('stop').stderr).toContain('agent (exited)');
    expect(await starts.code).toBe(4);
    expect(starts.output).toContain(`${name}/agent ended with exit code`);
    project.write(composeFile(), before);
    expect(state()).toBe('exited');
    expect(start().status).toBe(0);
  });

  test('what a killed look at the walls left is removed by clean, with the image', async () => {
    const image = `${projectName(name, realFolder(inFolder()))}-agent`;
    const readers = () =>
      run('docker', [
        ...['ps', '--all', '--quiet', '--filter', `ancestor=${image}`],
        ...['--filter', 'label=dev.sandbox-cdk.purpose'],
      ]);
    const held = proxy.on(/^GET \/containers\/\w+\/archive/, 'hold');
    const starts = startCommand(project, ['start', ...ALLOWED], { env: proxy.env });
    await held;
    starts.child.kill('SIGKILL');
    await starts.code;
    expect(readers()).not.toBe('');
    const { status, stderr } = sandboxCdk('clean', '--yes');
    expect([status, stderr]).toEqual([0, expect.stringContaining('removed everything of')]);
    expect(run('docker', ['images', '--quiet', image])).toBe('');
  });

  test('a clean while a start works waits for it', async () => {
    const held = proxy.on(/^GET \/images\/.*\/history/, 'hold');
    const starts = startCommand(project, ['start', ...ALLOWED], { env: proxy.env });
    await held;
    const clean = startCommand(project, ['clean', '--yes']);
    starts.child.kill('SIGTERM');
    expect([await starts.code, await clean.code]).toEqual([130, 0]);
    expect(state()).toBe('none');
  });
});
