/** The engine goes away, or falls silent, in the middle of what a command does with it. */
import { describeWithEngine } from './support/engine';
import { BehindProxy } from './support/behind-proxy';
import { EngineProxy, type Fault } from './support/engine-proxy';
import { runCommand, startCommand } from './support/command';
import { ALLOWED } from './support/solo';

jest.setTimeout(120_000);

describeWithEngine('an engine that goes away', () => {
  const engine = new BehindProxy();
  const interrupted = async (args: readonly string[], when: RegExp, fault: Fault) => {
    void engine.proxy.on(when, fault);
    return runCommand(engine.project, args, { env: engine.proxy.env });
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
    expect(engine.state()).toBe(leaves);
  });

  test('leaves nothing that the next start could not mend', () => {
    const { status, stderr } = engine.start();
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
      const { code, output } = await runCommand(engine.project, command.split(' '), {
        env: again.env,
      });
      again.close();
      expect([code, output]).toEqual([
        4,
        expect.stringMatching(/no container engine answers|the engine went away/),
      ]);
    }
  });

  test('ends exec and logs --follow, with what was said until then', async () => {
    expect(engine.start().status).toBe(0);
    const follow = startCommand(engine.project, ['logs', '--follow'], { env: engine.proxy.env });
    const exec = startCommand(
      engine.project,
      ['exec', '--', 'sh', '-c', 'echo ready; exec sleep infinity'],
      { env: engine.proxy.env },
    );
    await exec.says('ready');
    engine.proxy.cut();
    expect([await exec.code, await follow.code]).toEqual([4, 4]);
    for (const { output } of [exec, follow]) expect(output).toContain('start it, or name another');
    expect(engine.state()).toBe('running');
  });
});
