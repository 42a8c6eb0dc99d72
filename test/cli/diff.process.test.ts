/** `diff` and `list` as whole processes. */
import { ensureBuilt, run } from './helpers/built-command';
import { HEAD, program, TemporaryProject } from './helpers/temporary-project';

let project: TemporaryProject;
beforeAll(ensureBuilt, 300_000);
beforeEach(() => {
  project = new TemporaryProject({ 'app.js': program('payments', 'billing') });
  run(project.folder, ['synth']);
});
afterEach(() => project.remove());

const diff = (...args: string[]) => run(project.folder, ['diff', ...args]);

/** Writable source is broader, fewer CPUs are narrower, a label is neither. */
function changeProgram(): void {
  project.write(
    'app.js',
    `${HEAD}new Level1Sandbox(app, 'payments', { source: '.', resources: { cpus: 1, pids: 10 ** 3 }, labels: { team: 'a' } });
sandbox('billing');
app.synth();
`,
  );
}

test('nothing differs right after synth', () => {
  const { code, stdout, stderr } = diff();
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toContain('no differences: sandbox.out is what the program describes');
});

test('what broadens comes first and is marked, and nothing is written', () => {
  changeProgram();
  const before = project.read('sandbox.out/payments/docker-compose.yml');
  const { code, stdout, stderr } = diff();
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^BROADENS what a sandbox may do\n {2}! [^]*^narrows what a sandbox may do\n {2}- [^]*^changes no wall\n/m,
  );
  expect(stdout).toMatch(/^ {6}payments: services\.agent\./m);
  expect(stderr).toMatch(/^\d+ changes to sandbox\.out, \d+ broadening$/m);
  expect(project.read('sandbox.out/payments/docker-compose.yml')).toBe(before);
});

test('JSON has every change with its effect, broadening first', () => {
  changeProgram();
  const { code, stdout } = diff('--json');
  expect(code).toBe(1);
  const { changes } = JSON.parse(stdout) as { changes: { effect: string }[] };
  expect(changes[0]!.effect).toBe('broadens');
  expect(new Set(changes.map(({ effect }) => effect))).toEqual(
    new Set(['broadens', 'narrows', 'neutral']),
  );
});

test('only the sandboxes named are compared', () => {
  changeProgram();
  expect(diff('billing').code).toBe(0);
  expect(diff('payments').code).toBe(1);
  expect(diff('payment').code).toBe(2);
});

test('list shows a line for each sandbox', () => {
  const { code, stdout } = run(project.folder, ['list']);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^SANDBOX +LEVEL +SERVICES +FINDINGS +ACCEPTED\npayments +1 +agent +\d+ +0\nbilling +1 +agent +\d+ +0\n$/,
  );
});

test('list answers in JSON', () => {
  const { stdout } = run(project.folder, ['list', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    sandboxes: [
      { name: 'payments', level: 1, services: ['agent'] },
      { name: 'billing', level: 1, services: ['agent'] },
    ],
  });
});

test('explain takes the name of a sandbox, as its hint for a misspelt one does', () => {
  const { code, stdout } = run(project.folder, ['explain', 'payments']);
  expect(stdout).toContain('name: payments');
  expect(code).toBe(0);
  const misspelt = run(project.folder, ['explain', 'paymnets']);
  expect(misspelt.stderr).toContain('did you mean payments?');
  expect(misspelt.code).toBe(2);
});

test('explain shows what a construct becomes', () => {
  const { code, stdout } = run(project.folder, ['explain', 'payments/agent']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^services:\n {2}agent:\n/);
  expect(stdout).toContain('network_mode: none');
  const unknown = run(project.folder, ['explain', 'payments/agnet']);
  expect(unknown).toMatchObject({ code: 2, stdout: '' });
  expect(unknown.stderr).toContain('did you mean payments/agent?');
});
