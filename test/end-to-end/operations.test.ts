/** A sandbox from its first start to its removal, as a person drives it. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { describeWithEngine } from './support/engine';
import { PERSON, Project } from './support/project';
import { COMMAND, run, tryRun } from './support/run';
import { ALLOWED, newProject } from './support/solo';

interface Status {
  readonly sandboxes: readonly {
    readonly project: string;
    readonly services: readonly { readonly state: string; readonly container?: string }[];
  }[];
}

interface Watched {
  readonly events: readonly { readonly action: string }[];
  readonly report: { readonly isProven: boolean };
}

describeWithEngine('a sandbox', () => {
  let project: Project;
  let output: string;

  const sandboxCdk = (...args: string[]) => project.trySandboxCdk(...args);
  const start = (...args: string[]) => sandboxCdk('start', ...ALLOWED, ...args);
  const service = () => {
    const { stdout } = sandboxCdk('status', '--json');
    return (JSON.parse(stdout) as Status).sandboxes[0]!.services[0]!;
  };

  beforeAll(() => {
    project = newProject();
    output = path.join(project.folder, 'sandbox.out', project.sandboxName(), 'output/agent');
  });

  afterAll(() => {
    sandboxCdk('clean', '--yes', '--outputs');
    project.remove();
  }, 120_000);

  test('that was never started says so, and what to do', () => {
    const { status, stderr } = sandboxCdk('exec', '--', 'true');
    expect(status).toBe(4);
    expect(stderr).toContain('was never started; run sandbox-cdk start');
    expect(service().state).toBe('none');
    expect(sandboxCdk('logs').status).toBe(4);
    expect(sandboxCdk('validate').status).toBe(4);
    expect(sandboxCdk('stop').stderr).toContain('nothing was stopped');
  });

  test('is built, started and proven by the first start', () => {
    const { status, stderr } = start();
    expect(stderr).toMatch(/built agent\n/);
    expect(stderr).toMatch(/proven {4}N1 {3}no way out of the network/);
    expect([status, stderr]).toEqual([0, expect.stringContaining('started')]);
    expect(service().state).toBe('running');
  }, 300_000);

  test('is left as it is by a second start', () => {
    const before = service().container;
    const { status, stderr } = start();
    expect(status).toBe(0);
    expect(stderr).not.toContain('built');
    expect(service().container).toBe(before);
  }, 60_000);

  test('passes arguments, streams and the exit code of a program on as they are', () => {
    const script = 'printf "%s|" "$@"; cat; echo oops >&2; exit 7';
    const awkward = ['', 'a  b', '--', '-x', "'", '$HOME', 'é\n"'];
    const { status, stdout, stderr } = tryRun(
      process.execPath,
      [COMMAND, 'exec', '--', 'sh', '-c', script, 'sh', ...awkward],
      { cwd: project.folder, input: 'input' },
    );
    expect({ status, stdout, stderr }).toEqual({
      status: 7,
      stdout: `${awkward.map((each) => `${each}|`).join('')}input`,
      stderr: 'oops\n',
    });
  });

  test('carries bytes in both directions unchanged', () => {
    const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7) % 256));
    const input = path.join(project.folder, 'bytes');
    fs.writeFileSync(input, bytes);
    const script = `"${process.execPath}" "${COMMAND}" exec -- cat < bytes > copy`;
    run('sh', ['-c', script], { cwd: project.folder });
    expect(fs.readFileSync(path.join(project.folder, 'copy')).equals(bytes)).toBe(true);
  });

  test.each([
    [['no-such-program'], 127],
    [['/etc/passwd'], 126],
    [['sh', '-c', 'kill -9 $$'], 137],
  ])('gives for %j the exit code that a shell would', (command, code) => {
    expect(sandboxCdk('exec', '--', ...command).status).toBe(code);
  });

  test('gives what it writes to the person who started it', () => {
    expect(sandboxCdk('exec', '--', 'sh', '-c', 'echo done > /output/result').status).toBe(0);
    expect(fs.statSync(path.join(output, 'result'))).toMatchObject(PERSON);
  });

  test('masks secrets of the source, from the next start on', () => {
    project.write('src/.env', 'API_KEY=canary-1b9f\n');
    const found = sandboxCdk('validate', ...ALLOWED);
    expect(found.status).toBe(1);
    expect(found.stdout).toContain('/workspace/.env can be read');
    const { status, stderr } = sandboxCdk('restart', ...ALLOWED);
    expect(stderr).toContain('1 secret of the source masked in agent: /workspace/.env');
    expect(status).toBe(0);
    expect(sandboxCdk('exec', '--', 'cat', '/workspace/.env').stdout).toBe('');
    expect(sandboxCdk('exec', '--', 'cat', '/workspace/hello.txt').stdout).toBe('hello\n');
  }, 60_000);

  test('that is changed behind its back is noticed', () => {
    run('docker', ['update', '--pids-limit', '4000', service().container!]);
    const { status, stdout } = sandboxCdk('validate', ...ALLOWED);
    expect(status).toBe(1);
    expect(stdout).toContain('pids_limit is 4000, described 256');
    const before = service().container;
    expect(start().status).toBe(0);
    expect(service().container).not.toBe(before);
  }, 60_000);

  test('that got a network is noticed, and made anew by a restart', () => {
    const { container } = service();
    run('docker', ['network', 'disconnect', 'none', container!]);
    run('docker', ['network', 'connect', 'bridge', container!]);
    expect(sandboxCdk('validate').stdout).toMatch(/broken {4}N13/);
    expect(sandboxCdk('restart', ...ALLOWED).status).toBe(0);
  }, 60_000);

  test('is watched: what happens to it is proven again', async () => {
    const { container } = service();
    const watch = spawn(process.execPath, [COMMAND, 'validate', '--watch', '--json', ...ALLOWED], {
      cwd: project.folder,
      env: { ...process.env, ...project.personEnv() },
    });
    const reports = createInterface(watch.stdout)[Symbol.asyncIterator]();
    const next = async () => JSON.parse((await reports.next()).value as string) as Watched;
    try {
      expect(await next()).toMatchObject({ events: [], report: { isProven: true } });
      run('docker', ['update', '--pids-limit', '4000', container!]);
      expect(await next()).toMatchObject({
        events: [{ action: 'update' }],
        report: { isProven: false },
      });
    } finally {
      watch.kill('SIGINT');
    }
    const [code] = (await once(watch, 'exit')) as [number];
    expect(code).toBe(1);
    expect(sandboxCdk('restart', ...ALLOWED).status).toBe(0);
  }, 60_000);

  test('is checked by its folder alone, without an engine', () => {
    const nowhere = { ...project.personEnv(), DOCKER_HOST: 'unix:///nowhere/docker.sock' };
    const check = () =>
      tryRun(process.execPath, [COMMAND, 'validate', '--static', '--format', 'junit'], {
        cwd: project.folder,
        env: nowhere,
      });
    const sound = check();
    expect([sound.status, sound.stdout]).toEqual([0, expect.stringContaining('failures="0"')]);
    const file = `sandbox.out/${project.sandboxName()}/docker-compose.yml`;
    const before = project.read(file);
    project.write(file, before.replace('network_mode: none', 'network_mode: bridge'));
    const { status, stdout } = check();
    project.write(file, before);
    expect(status).toBe(1);
    expect(stdout).toContain('received network_mode &#34;bridge&#34;');
  });

  test('stops within its grace period, and keeps everything', () => {
    const before = service().container;
    const { status, stderr } = sandboxCdk('stop');
    expect(status).toBe(0);
    expect(stderr).toContain('agent (exited)');
    expect(service()).toMatchObject({ state: 'exited', container: before });
    expect(fs.readFileSync(path.join(output, 'result'), 'utf8')).toBe('done\n');
    expect(sandboxCdk('logs').status).toBe(0);
    expect(sandboxCdk('status').status).toBe(1);
    expect(sandboxCdk('exec', '--', 'true').stderr).toContain('has ended; run sandbox-cdk start');
  }, 60_000);

  test('is frozen before it ends in an emergency, and does not come back', async () => {
    start();
    const { container } = service();
    const events = spawn('docker', [
      'events',
      '--filter',
      `container=${container}`,
      '--format',
      '{{.Action}}',
    ]);
    let seen = '';
    events.stdout.on('data', (data: Buffer) => (seen += data.toString()));
    await pause(500);
    const { status, stderr } = sandboxCdk('stop', '--now');
    await pause(500);
    events.kill();
    expect(status).toBe(0);
    expect(stderr).toContain('frozen, then stopped');
    const actions = seen.split('\n').filter((action) => ['pause', 'kill', 'die'].includes(action));
    expect(actions).toEqual(['pause', 'kill', 'die']);
    expect(service()).toMatchObject({ state: 'exited', container });
  }, 60_000);

  test('does not meet the same sandbox in another checkout', () => {
    const other = newProject();
    try {
      start();
      const { container } = service();
      expect(other.trySandboxCdk('start', ...ALLOWED).status).toBe(0);
      expect(service().container).toBe(container);
      expect(other.trySandboxCdk('stop', '--now').status).toBe(0);
      expect(service()).toMatchObject({ state: 'running', container });
    } finally {
      other.trySandboxCdk('clean', '--yes', '--outputs');
      other.remove();
    }
  }, 120_000);

  test('whose start was killed is mended by the next one', async () => {
    sandboxCdk('clean', '--yes');
    for (const after of [300, 900, 1500]) {
      const child = spawn(process.execPath, [COMMAND, 'start'], {
        cwd: project.folder,
        env: { ...process.env, ...project.personEnv() },
        stdio: 'ignore',
      });
      await pause(after);
      child.kill('SIGKILL');
      await pause(100);
    }
    const { status, stderr } = start();
    expect([status, stderr]).toEqual([0, expect.stringContaining('started')]);
  }, 120_000);

  test('from a folder that was edited by hand starts only when that is wanted', () => {
    const file = `sandbox.out/${project.sandboxName()}/docker-compose.yml`;
    const before = project.read(file);
    project.write(file, before.replace('pids_limit: 256', 'pids_limit: 200'));
    const refused = start();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('generated files were edited');
    expect(start('--edited').stderr).toContain('docker-compose.yml was edited');
    project.write(file, before);
  }, 60_000);

  test('whose source is missing is not started', () => {
    fs.renameSync(path.join(project.folder, 'src'), path.join(project.folder, 'moved'));
    const { status, stderr } = start();
    fs.renameSync(path.join(project.folder, 'moved'), path.join(project.folder, 'src'));
    expect(status).toBe(4);
    expect(stderr).toMatch(/src does not exist, which the service agent has at \/workspace/);
  }, 60_000);

  test('is removed with everything it made, and its outputs are kept', () => {
    expect(sandboxCdk('clean').status).toBe(2);
    const { status, stderr } = sandboxCdk('clean', '--yes');
    expect(status).toBe(0);
    expect(stderr).toContain('kept, for they hold files');
    expect(service().state).toBe('none');
    const left = run('docker', ['images', '--format', '{{.Repository}}']);
    expect(left).not.toContain(`${project.sandboxName()}-agent`);
    expect(fs.existsSync(path.join(output, 'result'))).toBe(true);
    expect(sandboxCdk('clean', '--yes', '--outputs').status).toBe(0);
    expect(fs.readdirSync(output)).toEqual(['.gitignore']);
  }, 60_000);
});

describeWithEngine('what cannot start', () => {
  let project: Project;

  beforeEach(() => {
    project = newProject();
  });

  afterEach(() => {
    project.trySandboxCdk('clean', '--yes', '--outputs');
    project.remove();
  }, 60_000);

  test('a build that fails is told with what it said', () => {
    const name = project.sandboxName();
    project.edit(
      `sandbox.out/${name}/agent/Dockerfile`,
      'WORKDIR /workspace',
      'RUN echo canary && false',
    );
    const { status, stderr } = project.trySandboxCdk('start', '--edited');
    expect(status).toBe(4);
    expect(stderr).toContain('the image of agent could not be built');
    expect(stderr).toContain('canary');
  }, 120_000);

  test('a service that ends at once is told with its last words', () => {
    const name = project.sandboxName();
    const ends = "restart: 'no'\n    command: [sh, '-c', 'echo last words; exit 3']";
    project.edit(`sandbox.out/${name}/docker-compose.yml`, 'restart: on-failure:5', ends);
    const { status, stderr } = project.trySandboxCdk('start', '--edited');
    expect(status).toBe(4);
    expect(stderr).toContain('ended with exit code 3');
    expect(stderr).toContain('last words');
  }, 120_000);

  test('a service that is not healthy is told with what its check says', () => {
    const name = project.sandboxName();
    project.edit(
      `sandbox.out/${name}/docker-compose.yml`,
      'network_mode: none',
      'network_mode: bridge',
    );
    const { status, stderr } = project.trySandboxCdk('start', '--edited', '--timeout', '3');
    expect(status).toBe(4);
    expect(stderr).toContain('is not healthy');
    expect(stderr).toContain('network-interfaces');
  }, 120_000);

  test('an engine that is not there is told, with how to get one', () => {
    const { status, stderr } = tryRun(process.execPath, [COMMAND, 'start'], {
      cwd: project.folder,
      env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
    });
    expect(status).toBe(4);
    expect(stderr).toContain(
      'no container engine answers at unix:///nowhere/docker.sock (DOCKER_HOST)',
    );
  });
});

describeWithEngine('two sandboxes whose files have one time, as a checkout gives them', () => {
  let project: Project;

  beforeAll(() => {
    project = new Project();
    fs.mkdirSync(path.join(project.folder, 'src'));
    project.link();
    project.write('cdk-like.json', '{ "app": "app.js" }');
    project.write(
      'app.js',
      `const { App, Level1Sandbox } = require('sandbox-cdk');
const app = new App();
for (const name of ['one', 'two']) new Level1Sandbox(app, name, { source: 'src' });
app.synth();
`,
    );
    project.sandboxCdk('synth');
    run('find', ['sandbox.out', '-exec', 'touch', '-d', '2026-01-02T03:04:05.678Z', '{}', '+'], {
      cwd: project.folder,
    });
  });

  afterAll(() => {
    project.trySandboxCdk('clean', '--all', '--yes', '--outputs');
    project.remove();
  }, 60_000);

  test('are each built from their own', () => {
    for (const name of ['one', 'two']) {
      const { status, stderr } = project.trySandboxCdk('start', name, ...ALLOWED);
      expect([status, stderr]).toEqual([0, expect.stringContaining(`started ${name}`)]);
      const { stdout } = project.trySandboxCdk(
        ...['exec', name, '--', 'cat', '/usr/local/lib/sandbox-cdk/healthcheck.json'],
      );
      expect(JSON.parse(stdout)).toMatchObject({ sandbox: name });
    }
  }, 120_000);
});
