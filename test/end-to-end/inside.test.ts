/** Looking at sandboxes and entering them: status, logs, exec and shell on a real engine. */
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startCommand, Watched } from './support/command';
import { describeWithEngine } from './support/engine';
import { Project } from './support/project';
import { COMMAND, run, tryRun } from './support/run';

jest.setTimeout(120_000);

const ALLOWED = ['--allow-unproven', 'K8=the engine of a test'];

/** What an agent could do to the terminal of the person who looks at its output. */
const NASTY = "printf '\\033]0;owned\\007red\\033[31m \\033[2Jbad\\rgood \\302\\2332Jx\\n'";
const LONG = 'head -c 40000 /dev/zero | tr "\\0" x; echo';

const PROGRAM = `
import { App, ResourceLimits, Sandbox, SandboxImage, SandboxService, Size } from 'sandbox-cdk';

const app = new App();
const lab = new Sandbox(app, 'lab');
const image = SandboxImage.debian('trixie');
const service = (id: string, script: string) =>
  new SandboxService(lab, id, {
    image,
    command: ['sh', '-c', script],
    resources: { memory: Size.mebibytes(128) },
  });
service('talker', ${JSON.stringify(`echo one; sleep 0.5; echo three >&2; sleep 0.5; ${NASTY}; ${LONG}; exec sleep infinity`)});
service('longer-name', 'echo two; exec sleep infinity');
app.synth();
`;

interface Line {
  readonly time: string;
  readonly sandbox: string;
  readonly service: string;
  readonly stream: string;
  readonly text: string;
}

describeWithEngine('a sandbox that runs', () => {
  let project: Project;

  const sandboxCdk = (...args: string[]) => project.trySandboxCdk(...args);
  const lines = (text: string) => text.split('\n').filter(Boolean);
  const container = (service: string) =>
    run('docker', [
      ...['ps', '--all', '--quiet', '--no-trunc'],
      ...['--filter', `label=com.docker.compose.service=${service}`],
      ...['--filter', `label=com.docker.compose.project.working_dir=${folder()}`],
    ]).trim();
  const folder = () => fs.realpathSync(path.join(project.folder, 'sandbox.out/lab'));

  /** Through a shell, as a person types it. */
  const shell = (script: string) => tryRun('bash', ['-c', script], inShell());
  const inShell = () => ({
    cwd: project.folder,
    env: { ...process.env, ...project.personEnv(), CDK: `${process.execPath} ${COMMAND}` },
  });

  const started = (...args: string[]) => startCommand(project, args);

  /** Command lines of what runs inside, but for what asks. */
  const processes = () =>
    run('docker', ['top', container('talker'), '-eo', 'pid,args'])
      .split('\n')
      .slice(1)
      .join('\n');

  beforeAll(() => {
    project = new Project();
    project.write('cdk-like.json', '{ "app": "sandbox.ts" }');
    project.write(
      'tsconfig.json',
      fs.readFileSync(path.join(__dirname, 'support/tsconfig.user.json'), 'utf8'),
    );
    project.write('sandbox.ts', PROGRAM);
    project.link();
    project.sandboxCdk('synth');
    // Whether its walls are proven is tested elsewhere.
    expect(sandboxCdk('start', ...ALLOWED).stderr).toContain('started');
  }, 600_000);

  afterAll(() => {
    sandboxCdk('clean', '--yes', '--outputs');
    project.remove();
  }, 120_000);

  describe('exec', () => {
    test('a reader that goes ends the program, as in a pipe', () => {
      const { stdout } = shell(
        '$CDK exec lab/talker -- yes loud-and-long | head -1; echo ${PIPESTATUS[@]}',
      );
      expect(lines(stdout)).toEqual(['loud-and-long', '141 0']);
      expect(processes()).not.toContain('loud-and-long');
    });

    test('a program that leaves its input unread has said everything', () => {
      const program = 'sh -c "head -c 300000 /dev/zero; exit 3"';
      const { stdout } = shell(
        `$CDK exec lab/talker -- ${program} < /dev/zero | (sleep 1; wc -c); echo \${PIPESTATUS[@]}`,
      );
      expect(lines(stdout)).toEqual(['300000', '3 0']);
    });

    test('a program that closed its outputs is waited for', () => {
      const script = 'exec >&- 2>&-; sleep 0.5; exit 7';
      expect(sandboxCdk('exec', 'lab/talker', '--', 'sh', '-c', script).status).toBe(7);
    });

    test('what cannot be run is the engine’s words on stderr, and no output', () => {
      const { stdout, stderr, status } = sandboxCdk('exec', 'lab/talker', '--', 'no-such-program');
      expect({ stdout, status }).toEqual({ stdout: '', status: 127 });
      expect(stderr).toContain('no-such-program');
    });

    test.each([
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)('%s is passed on to the program', async (signal, code) => {
      const ours = started('exec', 'lab/talker', '--', 'sh', '-c', 'echo ready; sleep 4321');
      await ours.says('ready');
      ours.child.kill(signal);
      expect(await ours.code).toBe(code);
      expect(processes()).not.toContain('4321');
    });

    test('a program that handles a signal ends as it likes', async () => {
      const script = 'trap "echo bye; exit 9" INT; echo ready; while :; do sleep 0.1; done';
      const ours = started('exec', 'lab/talker', '--', 'sh', '-c', script);
      await ours.says('ready');
      ours.child.kill('SIGINT');
      expect(await ours.code).toBe(9);
      expect(ours.output).toContain('bye');
    });

    test('one that does not is left at the second signal, and that is said', async () => {
      const script = 'trap "" TERM; echo ready; for i in 1 2 3 4; do sleep 1; done';
      const ours = started('exec', 'lab/talker', '--', 'sh', '-c', script);
      await ours.says('ready');
      ours.child.kill('SIGTERM');
      await pause(300);
      ours.child.kill('SIGTERM');
      expect(await ours.code).toBe(143);
      expect(ours.output).toContain('may go on inside lab/talker; sandbox-cdk restart lab');
    });

    test('many at once keep their answers apart', async () => {
      const numbers = Array.from({ length: 12 }, (_, index) => index + 1);
      const answers = await Promise.all(
        numbers.map(async (number) => {
          const script = `echo ${number}; exit ${number}`;
          const ours = started('exec', 'lab/talker', '--', 'sh', '-c', script);
          return [await ours.code, ours.output];
        }),
      );
      expect(answers).toEqual(numbers.map((number) => [number, `${number}\n`]));
    });

    test('a service has to be named where there are several', () => {
      const { status, stderr } = sandboxCdk('exec', '--', 'true');
      expect(status).toBe(2);
      expect(stderr).toContain('name one: lab/talker, lab/longer-name');
    });
  });

  describe('shell', () => {
    test('needs a terminal', () => {
      const { status, stderr } = sandboxCdk('shell', 'lab/talker');
      expect(status).toBe(2);
      expect(stderr).toContain("sandbox-cdk exec lab/talker -- sh -c '…'");
    });

    test('has one where there is one, and passes its exit code on', () => {
      if (tryRun('script', ['--version']).status !== 0) return;
      const { stdout, status } = shell(
        `(sleep 2; printf 'echo $((6*7)) $0; exit 5\\n'; sleep 2) | script -qec "$CDK shell lab/talker" /dev/null`,
      );
      expect(stdout).toContain('42 /bin/bash');
      expect(status).toBe(5);
    });
  });

  describe('logs', () => {
    test('of several services stand in columns, each in its order', () => {
      const { stdout, status } = sandboxCdk('logs');
      expect(status).toBe(0);
      const shown = lines(stdout).map((line) => line.slice(0, 40));
      expect(shown.filter((line) => line.startsWith('talker'))).toEqual([
        'talker      | one',
        'talker      | three',
        'talker      | red badgood x',
        `talker      | ${'x'.repeat(26)}`,
      ]);
      expect(shown.filter((line) => !line.startsWith('talker'))).toEqual(['longer-name | two']);
    });

    test('a long line is one, though the engine keeps it in pieces', () => {
      const { stdout } = sandboxCdk('logs', 'lab/talker', '--tail', '3');
      expect(lines(stdout).at(-1)).toBe('x'.repeat(40_000));
    });

    test('for machines are one object a line', () => {
      const found = lines(sandboxCdk('logs', '--json').stdout).map(
        (line) => JSON.parse(line) as Line,
      );
      expect(found.map(({ time }) => time)).toEqual(found.map(({ time }) => time).sort());
      expect(
        found.map(({ sandbox, service, stream }) => [sandbox, service, stream]).sort(),
      ).toEqual([
        ['lab', 'longer-name', 'stdout'],
        ['lab', 'talker', 'stderr'],
        ['lab', 'talker', 'stdout'],
        ['lab', 'talker', 'stdout'],
        ['lab', 'talker', 'stdout'],
      ]);
      expect(found.map(({ text }) => text).join('')).not.toMatch(/\p{Cc}/u);
      for (const { time } of found) expect(time).toMatch(/^\d{4}-.*\.\d{9}Z$/);
    });

    test('can begin at a time, and show it', () => {
      const all = lines(sandboxCdk('logs', 'lab/talker', '--timestamps').stdout);
      expect(all[0]).toMatch(/^\d{4}-\S+Z one$/);
      const [time] = all[1]!.split(' ');
      expect(lines(sandboxCdk('logs', 'lab/talker', '--since', time!, '-t').stdout)).toEqual(
        all.slice(1),
      );
      expect(sandboxCdk('logs', '--since', 'noon').status).toBe(2);
    });

    test('followed end at Ctrl-C, and when nobody reads them any more', async () => {
      const ours = started('logs', '--follow');
      await ours.says('two');
      ours.child.kill('SIGINT');
      expect(await ours.code).toBe(0);
      const piped = new Watched(spawn('bash', ['-c', '$CDK logs --follow | head -1'], inShell()));
      await piped.says('\n');
      // Who follows notices that the reader has gone when there is more to say.
      sandboxCdk('exec', 'lab/talker', '--', 'sh', '-c', 'echo more > /proc/1/fd/1');
      expect(await piped.code).toBe(0);
      expect(lines(piped.output).length).toBe(1);
    });
  });

  describe('status', () => {
    const statusOf = () => {
      const { stdout, status } = sandboxCdk('status', '--json');
      const { sandboxes } = JSON.parse(stdout) as {
        sandboxes: { services: Record<string, unknown>[] }[];
      };
      const [talker, other] = sandboxes[0]!.services;
      return { status, talker: talker!, other: other! };
    };

    test('shows use against limits, and fits 80 columns', () => {
      const { talker, other, status } = statusOf();
      // On a busy host a health check can come too late.
      const isWell = talker.health !== 'unhealthy' && other.health !== 'unhealthy';
      expect(status).toBe(isWell ? 0 : 1);
      expect(talker).toMatchObject({
        state: 'running',
        usage: { memoryLimitBytes: 128 * 1024 * 1024, oomKills: 0 },
        restarts: 0,
      });
      const { stdout } = sandboxCdk('status');
      for (const line of lines(stdout)) expect(line.length).toBeLessThanOrEqual(80);
      expect(stdout).toMatch(/lab\/talker .*\/128M/);
    });

    test('counts what the kernel killed for want of memory', () => {
      const hog = ['python3', '-c', 'x = bytearray(10 ** 9)'];
      expect(sandboxCdk('exec', 'lab/talker', '--', ...hog).status).toBe(137);
      expect(sandboxCdk('status').stdout).toContain('killed for want of memory: 1 process');
    });

    test('tells a frozen one, and exec what to do about it', () => {
      run('docker', ['pause', container('talker')]);
      expect(statusOf()).toMatchObject({ status: 1, talker: { state: 'paused' } });
      const { status, stderr } = sandboxCdk('exec', 'lab/talker', '--', 'true');
      expect(status).toBe(4);
      expect(stderr).toContain('lab/talker is frozen; run sandbox-cdk start lab first');
      run('docker', ['unpause', container('talker')]);
    });

    test('tells one that was removed behind its back from one that was never started', () => {
      run('docker', ['rm', '--force', container('talker')]);
      expect(statusOf()).toMatchObject({ status: 1, talker: { state: 'removed' } });
      expect(sandboxCdk('clean', '--yes').status).toBe(0);
      expect(statusOf()).toMatchObject({ status: 1, talker: { state: 'none' } });
      expect(sandboxCdk('status').stdout).toContain('was never started');
    });
  });

  describe('that is changed by hand, and started by plain Compose', () => {
    const compose = (...args: string[]) =>
      run('docker', ['compose', '-f', path.join(folder(), 'docker-compose.yml'), ...args], {
        env: project.personEnv(),
      });

    beforeAll(() => {
      const file = 'sandbox.out/lab/docker-compose.yml';
      project.edit(file, 'driver: json-file', 'driver: none');
      project.edit(file, 'echo one; sleep 0.5;', 'echo one; exit 3;');
      compose('up', '--detach', '--build');
    }, 300_000);

    afterAll(() => void compose('down', '--timeout', '1', '--volumes', '--rmi', 'local'), 60_000);

    test('shows what a crashed service said, and tells of the one whose records nobody keeps', () => {
      const { status, stdout, stderr } = sandboxCdk('logs');
      expect(stderr).toContain(
        'what longer-name said: its logging driver is none, which keeps nothing',
      );
      expect(stdout).toContain('talker      | one');
      expect(status).toBe(4);
      expect(sandboxCdk('logs', 'lab/talker').status).toBe(0);
      expect(sandboxCdk('logs', 'lab/longer-name').status).toBe(4);
    });

    test('shows that a service ended again and again, and with what', async () => {
      for (;;) {
        const { stdout } = sandboxCdk('status', '--json');
        if (stdout.includes('"state": "exited"')) break;
        await pause(200);
      }
      const { stdout, status } = sandboxCdk('status');
      expect(stdout).toContain('ended with exit code 3');
      expect(stdout).toContain('restarted 5 times by the engine');
      expect(status).toBe(1);
    });
  });
});
