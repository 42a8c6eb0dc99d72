/** What a person sees, and types, on a terminal. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { EngineProxy } from './support/engine-proxy';
import type { Project } from './support/project';
import { ALLOWED, newProject } from './support/solo';
import { CTRL_C, describeOnTerminal, Terminal } from './support/terminal';

jest.setTimeout(120_000);

describeOnTerminal('on a terminal', () => {
  let project: Project;

  beforeAll(() => void (project = newProject()));
  afterAll(() => {
    project.trySandboxCdk('clean', '--yes', '--outputs');
    project.remove();
  });

  const isThere = () => !project.trySandboxCdk('status').stdout.includes('was never started');

  test('start shows one line that changes, and takes it away', async () => {
    const proxy = await new EngineProxy().listen();
    const held = proxy.on(/^GET \/images\/.*\/history/, 'hold');
    const waits = new Terminal(project, ['start', ...ALLOWED], proxy.env);
    await held;
    await waits.says(/proving the walls \(1 s\)/);
    expect(waits.screen).toHaveLength(1);
    waits.type(CTRL_C);
    await waits.code;
    proxy.close();

    const starts = new Terminal(project, ['start', ...ALLOWED]);
    expect([await starts.code, starts.output]).toEqual([0, expect.stringContaining('waiting')]);
    const [first] = starts.screen;
    expect(first).toMatch(/^sandbox-cdk-e2e-.*\/agent$/);
    expect(starts.screen.at(-2)).toMatch(/^started .*; next: sandbox-cdk shell /);
    expect(starts.screen.at(-1)).toBe('');
  });

  test('shell is interactive, has the terminal’s size, and gives its exit code', async () => {
    const shell = new Terminal(project, ['shell']);
    shell.resize(33, 111);
    await shell.says(/[$#] $/);
    shell.type('tty; stty size; echo $((6*7))\r');
    await shell.says(/\/dev\/pts\/\d+\r\n33 111\r\n42\r\n/);
    shell.take();
    shell.resize(44, 122);
    shell.type('until [ "$(stty size)" = "44 122" ]; do sleep 0.1; done; echo resi""zed\r');
    await shell.says('resized');
    shell.type('echo go""ing; sleep 4321\r');
    await shell.says('going');
    shell.type(CTRL_C);
    await shell.says(/\^C[^]*[$#] $/);
    shell.type('echo still $?; exit 7\r');
    await shell.says('still 130');
    expect(await shell.code).toBe(7);
  });

  // The last one is Ctrl-D: the end of what is typed.
  test.each(['n\r', '\r', 'yo\r', '\u0004'])(
    'clean asks, and %j keeps everything',
    async (keys) => {
      const clean = new Terminal(project, ['clean']);
      await clean.says('remove it? [y/N] ');
      expect(clean.output).toMatch(/this removes:\r\n {2}.*: containers /);
      clean.type(keys);
      expect([await clean.code, clean.output]).toEqual([
        1,
        expect.stringContaining('nothing was removed'),
      ]);
      expect(isThere()).toBe(true);
    },
  );

  test('y removes, and keeps what is in the output folders', async () => {
    const output = path.join(project.folder, 'sandbox.out', project.sandboxName(), 'output/agent');
    fs.writeFileSync(path.join(output, 'result'), '');
    const clean = new Terminal(project, ['clean']);
    await clean.says('remove it? [y/N] ');
    clean.type('y\r');
    expect([await clean.code, clean.output]).toEqual([
      0,
      expect.stringContaining('removed everything of'),
    ]);
    expect(clean.output).toContain('kept, for they hold files');
    expect(isThere()).toBe(false);
    expect(fs.existsSync(path.join(output, 'result'))).toBe(true);
  });
});
