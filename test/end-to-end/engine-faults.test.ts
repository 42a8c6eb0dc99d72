/** The engine goes away, or falls silent, in the middle of what a command does with it. */
import { describeWithEngine } from './support/engine';
import { EngineProxy, type Fault } from './support/engine-proxy';
import { runCommand, startCommand } from './support/command';
import type { Project } from './support/project';
import { ALLOWED, newProject } from './support/solo';

jest.setTimeout(120_000);

describeWithEngine('an engine that goes away', () => {
  let project: Project;
  let proxy: EngineProxy;

  beforeAll(() => void (project = newProject()));
  beforeEach(async () => void (proxy = await new EngineProxy().listen()));
  afterEach(() => proxy.close());
  afterAll(() => {
    project.trySandboxCdk('clean', '--yes', '--outputs');
    project.remove();
  });

  const state = () => {
    const { stdout, stderr } = project.trySandboxCdk('status', '--json');
    expect(stderr).toBe('');
    const { sandboxes } = JSON.parse(stdout) as {
      sandboxes: { services: { state: string }[] }[];
    };
    return sandboxes[0]!.services[0]!.state;
  };
  const start = () => project.trySandboxCdk('start', ...ALLOWED);
  const interrupted = async (args: readonly string[], when: RegExp, fault: Fault) => {
    void proxy.on(when, fault);
    return runCommand(project, args, { env: proxy.env });
  };

  // In the order of a start, so that each leaves to the next one what it has done.
  test.each<[moment: string, when: RegExp, fault: Fault, leaves: string]>([
    ['when it is asked what it is', /^GET \/info/, 'cut', 'none'],
    ['while it says what it is', /^GET \/info/, 'cut in the answer', 'none'],
    ['while it lists containers', /^GET \/containers\/json/, 'cut in the answer', 'none'],
    ['while it looks for the image', /^GET \/images\/.*\/json/, 'cut in the answer', 'none'],
    ['in the build', /^POST \/(?:v[\d.]+\/)?(?:build|session|grpc)/, 'cut', 'none'],
    ['before it makes the container', /^POST .*\/containers\/create/, 'cut', 'none'],
    ['before it starts the container', /^POST .*\/containers\/\w+\/start/, 'cut', 'created'],
    ['in the first health check', /^POST \/exec\/\w+\/start/, 'cut', 'running'],
    ['as the walls are looked at', /^GET \/images\/.*\/history/, 'cut in the answer', 'running'],
  ])('%s in a start is told, and the next start mends it', async (_moment, when, fault, leaves) => {
    const { code, output } = await interrupted(['start', ...ALLOWED], when, fault);
    expect([code, output]).toEqual([4, expect.stringMatching(/engine (?:answers|went away)/)]);
    expect(output).not.toContain('fault of sandbox-cdk');
    expect(state()).toBe(leaves);
  });

  test('leaves nothing that the next start could not mend', () => {
    const { status, stderr } = start();
    expect([status, stderr]).toEqual([0, expect.stringContaining('started')]);
  });

  test.each<[command: string, when: RegExp]>([
    ['status', /^GET \/containers\/\w+\/json/],
    ['validate', /^GET \/version/],
    ['logs', /^GET \/containers\/\w+\/logs/],
    ['stop', /^POST \/containers\/\w+\/stop/],
    ['clean --yes', /^GET \/volumes/],
  ])('in %s is told, whether it answered or not', async (command, when) => {
    for (const fault of ['cut', 'cut in the answer'] as const) {
      const again = await new EngineProxy().listen();
      void again.on(when, fault);
      const { code, output } = await runCommand(project, command.split(' '), { env: again.env });
      again.close();
      expect([code, output]).toEqual([
        4,
        expect.stringMatching(/no container engine answers|the engine went away/),
      ]);
    }
  });

  test('ends exec and logs --follow, with what was said until then', async () => {
    expect(start().status).toBe(0);
    const follow = startCommand(project, ['logs', '--follow'], { env: proxy.env });
    const exec = startCommand(
      project,
      ['exec', '--', 'sh', '-c', 'echo ready; exec sleep infinity'],
      { env: proxy.env },
    );
    await exec.says('ready');
    proxy.cut();
    expect([await exec.code, await follow.code]).toEqual([4, 4]);
    for (const { output } of [exec, follow]) expect(output).toContain('start it, or name another');
    expect(state()).toBe('running');
  });
});
