/** `synth` as a whole process: what it writes, where it says what, and with which exit code. */
import * as fs from 'node:fs';
import { ensureBuilt, run } from './helpers/built-command';
import { HEAD, program, TemporaryProject } from './helpers/temporary-project';

let project: TemporaryProject;
beforeAll(ensureBuilt, 300_000);
afterEach(() => project.remove());

function create(files: Readonly<Record<string, string>>): void {
  project = new TemporaryProject(files);
}

const synth = (...args: string[]) => run(project.folder, ['synth', ...args]);

describe('a program with two sandboxes', () => {
  beforeEach(() => create({ 'app.js': program('payments', 'billing') }));

  it('is written, with a summary on stderr and nothing on stdout', () => {
    const { code, stdout, stderr } = synth();
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^synthesized payments, billing into sandbox\.out \(files: \d+ written, 0 unchanged\)$/m,
    );
    expect(stderr).toMatch(/^next: npx sandbox-cdk start payments$/m);
    expect(project.exists('sandbox.out/billing/docker-compose.yml')).toBe(true);
  });

  it('is written in part when names are given', () => {
    expect(synth('billing').code).toBe(0);
    expect(project.exists('sandbox.out/billing/docker-compose.yml')).toBe(true);
    expect(project.exists('sandbox.out/payments')).toBe(false);
  });

  it('is not written for a name that no sandbox has', () => {
    const { code, stderr } = synth('paymnts');
    expect(code).toBe(2);
    expect(stderr).toContain('there is no sandbox paymnts; did you mean payments?');
    expect(stderr).toContain('the app has: billing, payments');
    expect(project.exists('sandbox.out')).toBe(false);
  });

  it('is told about in JSON on stdout', () => {
    const { stdout, stderr } = synth('--json');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      output: 'sandbox.out',
      sandboxes: [
        { name: 'payments', level: 1, services: ['agent'] },
        { name: 'billing', level: 1, services: ['agent'] },
      ],
      unchanged: 0,
      removed: [],
    });
  });

  it('is printed as a stream of compose files with --stdout, and not written', () => {
    const { code, stdout } = synth('--stdout');
    expect(code).toBe(0);
    const documents = stdout.split(/^---$/m);
    expect(documents).toHaveLength(2);
    expect(documents[0]).toMatch(/^# payments\/docker-compose\.yml\n[^]*^name: payments$/m);
    expect(documents[1]).toMatch(/^\n# billing\/docker-compose\.yml\n[^]*^name: billing$/m);
    expect(project.exists('sandbox.out')).toBe(false);
  });

  it('is printed as the file itself when one sandbox is asked for', () => {
    const printed = synth('billing', '--stdout').stdout;
    synth();
    expect(printed).toBe(project.read('sandbox.out/billing/docker-compose.yml'));
  });

  it('goes to the folder that --output names, from where the command was started', () => {
    expect(synth('--output', 'elsewhere').code).toBe(0);
    expect(project.exists('elsewhere/manifest.json')).toBe(true);
    expect(project.exists('sandbox.out')).toBe(false);
  });
});

describe('--check', () => {
  beforeEach(() => {
    create({ 'app.js': program('payments') });
    expect(synth().code).toBe(0);
  });

  it('says yes to what was just written', () => {
    const { code, stdout, stderr } = synth('--check');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('up to date: sandbox.out');
  });

  it('says no to a hand-edited file, with a unified diff on stdout', () => {
    const file = 'sandbox.out/payments/docker-compose.yml';
    project.write(file, project.read(file).replace('network_mode: none', 'network_mode: host'));
    const { code, stdout, stderr } = synth('--check');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^-.*network_mode: host$/m);
    expect(stdout).toMatch(/^\+.*network_mode: none$/m);
    expect(stderr).toContain('out of date: 1 file in sandbox.out differs');
    expect(project.read(file)).toContain('network_mode: host');
  });

  it('says which files in JSON', () => {
    fs.rmSync(project.path('sandbox.out/payments/docker-compose.yml'));
    const { code, stdout } = synth('--check', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      upToDate: false,
      drift: [{ path: 'payments/docker-compose.yml', kind: 'missing' }],
    });
  });
});

describe('a hand-edited file', () => {
  const file = 'sandbox.out/payments/docker-compose.yml';
  beforeEach(() => {
    create({ 'app.js': program('payments') });
    synth();
    project.write(file, '# by hand\n');
  });

  it('is not overwritten silently', () => {
    const { code, stderr } = synth();
    expect(code).toBe(1);
    expect(stderr).toContain('docker-compose.yml');
    expect(stderr).toContain('--overwrite');
    expect(project.read(file)).toBe('# by hand\n');
  });

  it('is overwritten when that is asked for', () => {
    expect(synth('--overwrite').code).toBe(0);
    expect(project.read(file)).toContain('name: payments');
  });
});

describe('findings', () => {
  const open = `${HEAD}sandbox('one').agent().node.findAll();
const other = new Level1Sandbox(app, 'two', { source: '.', network: { mode: 'internal' } });
app.synth();
`;

  it('stop synthesis with exit code 1, and the previous output stays', () => {
    create({ 'app.js': program('one') });
    synth();
    const before = project.read('sandbox.out/manifest.json');
    project.write('app.js', open);
    const { code, stdout, stderr } = synth();
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error network-not-air-gapped: /m);
    expect(stderr).toContain('  at two/agent (services.agent.');
    expect(stderr).toMatch(/^ {2}app\.js:5:\d+$/m);
    expect(stderr).toContain(
      "  accept: sandbox.acknowledge('network-not-air-gapped', 'why it is needed')  // on two/agent",
    );
    expect(stderr).toContain('nothing was written');
    expect(project.read('sandbox.out/manifest.json')).toBe(before);
  });

  it('are in JSON with their source line', () => {
    create({ 'app.js': open });
    const { code, stdout, stderr } = synth('--json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const answer = JSON.parse(stdout) as { findings: object[] };
    expect(answer).toMatchObject({ error: { exitCode: 1, code: 'SYNTHESIS' } });
    expect(answer.findings).toContainEqual(
      expect.objectContaining({
        rule: 'network-not-air-gapped',
        construct: 'two/agent',
        source: expect.objectContaining({ file: 'app.js', line: 5 }) as object,
      }),
    );
  });

  it('of props are all told at once, each misspelling with a suggestion', () => {
    create({ 'app.js': `${HEAD}new Level1Sandbox(app, 'x', { sorce: '.', packages: 7 });\n` });
    const { code, stderr } = synth();
    expect(code).toBe(1);
    expect(stderr).toContain('did you mean source?');
    expect(stderr).toContain('packages: received 7');
    expect(stderr).toMatch(/^ {2}app\.js:4:1$/m);
  });

  it('that were accepted are counted, and warnings do not stop', () => {
    create({
      'app.js': open.replace(
        'app.synth()',
        "other.acknowledge('network-not-air-gapped', 'tests need each other');\napp.synth()",
      ),
    });
    const { code, stderr } = synth('--notes');
    expect(stderr).not.toMatch(/^error/m);
    expect(code).toBe(0);
    expect(stderr).toMatch(/1 finding accepted on purpose$/m);
  });

  it('that are notes are shown with --notes only', () => {
    create({ 'app.js': program('one') });
    expect(synth().stderr).not.toMatch(/^note /m);
    expect(synth('--notes').stderr).toMatch(/^note image-not-pinned: /m);
  });
});

test('a symlinked output folder is a usage error, and nothing is written through it', () => {
  create({ 'app.js': program('one'), 'elsewhere/file': '' });
  fs.symlinkSync('elsewhere', project.path('sandbox.out'));
  const { code, stdout, stderr } = synth();
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error: .*symlink/m);
  expect(fs.readdirSync(project.path('elsewhere'))).toEqual(['file']);
});

test('context of the command line wins over that of cdk-like.json', () => {
  create({
    'cdk-like.json': '{ "app": "app.js", "context": { "name": "from-file", "other": 1 } }',
    'app.js': `${HEAD}sandbox(app.node.tryGetContext('name') + app.node.tryGetContext('other'));\napp.synth();\n`,
  });
  expect(synth('--context', 'name=given', '--stdout').stdout).toContain('name: given1');
  expect(synth('-c', 'name=a=b').code).toBe(1);
  expect(synth('--context', 'name').code).toBe(2);
});
