/** Ctrl-C on a terminal, at any moment: exit code 130, a state that `status` tells, and the next start mends it. */
import { BehindProxy } from './support/behind-proxy';
import { startCommand } from './support/command';
import { ALLOWED } from './support/solo';
import { CTRL_C, describeOnTerminal, Terminal } from './support/terminal';

jest.setTimeout(120_000);

describeOnTerminal('Ctrl-C', () => {
  const engine = new BehindProxy();

  // The engine falls silent at that moment, so a step is interrupted in its middle, however quick it is.
  test.each<[moment: string, when: RegExp, shown: string, leaves: string]>([
    ['the engine is looked at', /^GET \/info/, 'checking the engine', 'none'],
    ['the image is looked for', /^GET \/images\/.*\/json/, 'checking the engine', 'none'],
    ['images are built', /^POST \/(?:v[\d.]+\/)?(?:build|session|grpc)/, 'building', 'none'],
    ['a container is made', /^POST .*\/containers\/create/, 'starting', 'none'],
    ['a container is started', /^POST .*\/containers\/\w+\/start/, 'starting', 'created'],
    ['a health check runs', /^POST \/exec\/\w+\/start/, 'waiting for the health', 'running'],
    ['the walls are looked at', /^GET \/images\/.*\/history/, 'proving the walls', 'running'],
  ])('while %s ends a start', async (_moment, when, shown, leaves) => {
    const held = engine.proxy.on(when, 'hold');
    const terminal = new Terminal(engine.project, ['start', ...ALLOWED], engine.proxy.env);
    await Promise.all([held, terminal.says(shown)]);
    terminal.type(CTRL_C);
    expect([await terminal.code, terminal.screen]).toEqual([
      130,
      [expect.stringMatching(/^error: interrupted; what stands is left as it is: /), ''],
    ]);
    expect(engine.state()).toBe(leaves);
  });

  test('leaves nothing that the next start could not mend', () => {
    const { status, stderr } = engine.start();
    expect([status, stderr]).toEqual([0, expect.stringContaining('started')]);
  });

  test('ends a start that waits for another one, and not that one', async () => {
    const held = engine.proxy.on(/^GET \/images\/.*\/history/, 'hold');
    const first = startCommand(engine.project, ['start', ...ALLOWED], { env: engine.proxy.env });
    await held;
    const second = new Terminal(engine.project, ['start', ...ALLOWED]);
    await second.says(`waiting for process ${first.child.pid}`);
    second.type(CTRL_C);
    expect([await second.code, second.output]).toEqual([130, expect.stringContaining('interrupt')]);
    expect(first.child.exitCode).toBeNull();
    first.child.kill('SIGTERM');
    expect(await first.code).toBe(130);
    expect(engine.start().status).toBe(0);
  });

  test('in exec is for the program inside', async () => {
    const script = 'trap "echo bye; exit 9" INT; echo ready; while :; do sleep 0.1; done';
    const terminal = new Terminal(engine.project, ['exec', '--', 'sh', '-c', script]);
    await terminal.says('ready');
    terminal.type(CTRL_C);
    expect([await terminal.code, terminal.output]).toEqual([9, expect.stringContaining('bye')]);
  });

  test('ends logs --follow, and nothing else', async () => {
    for (const fault of ['pass', 'hold'] as const) {
      const asked = engine.proxy.on(/^GET \/containers\/\w+\/logs/, fault);
      const terminal = new Terminal(engine.project, ['logs', '--follow'], engine.proxy.env);
      await asked;
      terminal.type(CTRL_C);
      expect(await terminal.code).toBe(0);
    }
    expect(engine.state()).toBe('running');
  });

  test('at a question is no answer', async () => {
    const terminal = new Terminal(engine.project, ['clean']);
    await terminal.says('remove it? [y/N]');
    terminal.type(CTRL_C);
    expect([await terminal.code, terminal.output]).toEqual([
      130,
      expect.stringContaining('interrupted; nothing was done'),
    ]);
    expect(engine.state()).toBe('running');
  });
});
