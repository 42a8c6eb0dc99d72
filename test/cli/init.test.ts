import * as fc from 'fast-check';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { init, type InitOptions } from '../../lib/cli/commands/init';
import { AGENTS } from '../../lib/cli/init/agents';
import { NAME_PATTERN } from '../../lib/core/names';
import { Agent } from '../../constructs/agent';
import { recordedIo } from './helpers/recorded-io';

const ALL_FILES = [
  '.github/workflows/sandbox.yml',
  '.gitignore',
  'README.md',
  'bin/sandbox.ts',
  'cdk-like.json',
  'jest.config.cjs',
  'lib/sandbox.ts',
  'package.json',
  'test/sandbox.test.ts',
  'tsconfig.json',
];

let cwd: string;
beforeEach(() => {
  cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-init-'));
});
afterEach(() => fs.rmSync(cwd, { recursive: true, force: true }));

async function run(folder = '.', options: Partial<InitOptions> = {}) {
  const io = recordedIo();
  const code = await init(folder, { level: '1', agent: [], ...options }, { io, cwd, env: {} });
  return { code, stdout: io.stdout, stderr: io.stderr };
}

function write(file: string, content: string): void {
  fs.mkdirSync(path.dirname(path.join(cwd, file)), { recursive: true });
  fs.writeFileSync(path.join(cwd, file), content);
}

function read(file: string): string {
  return fs.readFileSync(path.join(cwd, file), 'utf8');
}

function files(folder = ''): string[] {
  return fs
    .readdirSync(path.join(cwd, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? files(file) : [file];
    })
    .sort();
}

describe('an empty folder', () => {
  it('gets every file of a project', async () => {
    expect((await run()).code).toBe(0);
    expect(files()).toEqual(ALL_FILES);
  });

  it('is made when it is not there', async () => {
    await run('new/project');
    expect(files('new/project')).toHaveLength(ALL_FILES.length);
  });

  it('is told what to do next, with the commands in order', async () => {
    const { stderr } = await run('my-sandbox');
    const steps = stderr.slice(stderr.indexOf('next:')).split('\n').slice(1, -1);
    expect(steps).toEqual([
      '  cd my-sandbox',
      '  npm install',
      '  npx sandbox-cdk synth',
      '  npx sandbox-cdk start',
    ]);
  });

  it('gets the preset of the level and the agents asked for', async () => {
    await run('.', { level: '2', agent: ['claude-code', 'codex'] });
    expect(read('lib/sandbox.ts')).toContain('extends Level2Sandbox');
    expect(read('lib/sandbox.ts')).toContain('agents: [Agent.claudeCode(), Agent.codex()],');
    expect(read('test/sandbox.test.ts')).toContain("test.each(['claude-code', 'codex'])");
  });

  it('gets packages in ranges that fit this one', async () => {
    await run();
    const { devDependencies } = JSON.parse(read('package.json')) as {
      devDependencies: Record<string, string>;
    };
    const own = JSON.parse(
      fs.readFileSync(path.resolve(__dirname, '../../package.json'), 'utf8'),
    ) as {
      version: string;
      peerDependencies: Record<string, string>;
      dependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    expect(devDependencies).toEqual({
      '@swc/core': own.devDependencies['@swc/core'],
      '@swc/jest': own.devDependencies['@swc/jest'],
      '@types/node': own.devDependencies['@types/node'],
      constructs: own.peerDependencies.constructs,
      jest: own.devDependencies.jest,
      'sandbox-cdk': `^${own.version}`,
      typescript: own.dependencies.typescript,
    });
  });

  it('answers in JSON when asked to', async () => {
    const { stdout, stderr } = await run('.', { json: true });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      kept: [],
      toDo: expect.arrayContaining(['npm install', 'npx sandbox-cdk synth']) as string[],
    });
  });
});

describe('a folder with any name', () => {
  it('leads to a valid name of package and sandbox', async () => {
    const folder = fc
      .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
      .filter(
        (name) => !/[/\\\0]/.test(name) && name !== '.' && name !== '..' && name.isWellFormed(),
      )
      .filter((name) => Buffer.byteLength(name) < 200);
    await fc.assert(
      fc.asyncProperty(folder, async (name) => {
        fs.rmSync(path.join(cwd, 'any'), { recursive: true, force: true });
        await run(path.join('any', name));
        const json = JSON.parse(read(path.join('any', name, 'package.json'))) as { name: string };
        expect(json.name).toMatch(NAME_PATTERN);
        expect(read(path.join('any', name, 'bin/sandbox.ts'))).toContain(`(app, '${json.name}')`);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a folder with a package of its own', () => {
  beforeEach(() => {
    write('package.json', '{ "name": "theirs", "devDependencies": { "typescript": "5.9.3" } }');
    write('.gitignore', 'dist/\n');
    write('README.md', '# theirs\n');
  });

  it('gets the other files beside, and keeps its own', async () => {
    const { stderr } = await run();
    expect(files()).toEqual(ALL_FILES);
    expect(read('package.json')).toContain('"theirs"');
    expect(read('.gitignore')).toBe('dist/\n');
    expect(stderr).toContain('left as they are: package.json, .gitignore, README.md\n');
  });

  it('is told what to install, which scripts to add and what to ignore', async () => {
    const { stderr } = await run();
    expect(stderr).toMatch(/npm install --save-dev .*'sandbox-cdk@\^/);
    expect(stderr).not.toContain('typescript@');
    expect(stderr).toContain('scripts.synth="sandbox-cdk synth"');
    expect(stderr).toContain('add to .gitignore: node_modules/');
  });

  it('is not told to add scripts that it has', async () => {
    write('package.json', '{ "scripts": { "test": "mocha" } }');
    expect((await run()).stderr).not.toContain('scripts.test');
  });

  it('is not given a second test runner', async () => {
    write('package.json', '{ "devDependencies": { "vitest": "3.0.0" } }');
    const { stderr } = await run();
    expect(read('test/sandbox.test.ts')).toContain("from 'vitest'");
    expect(files()).not.toContain('jest.config.cjs');
    expect(stderr).not.toContain('jest');
  });

  it('gets imports as its kind of module spells them', async () => {
    write('package.json', '{ "type": "module" }');
    await run();
    expect(read('bin/sandbox.ts')).toContain("from '../lib/sandbox.js'");
    expect(read('jest.config.cjs')).toContain('moduleNameMapper');
  });

  it('is left alone when its package.json cannot be read', async () => {
    write('package.json', '{ "name": ');
    await expect(run()).rejects.toMatchObject({ exitCode: 2, code: 'PACKAGE_JSON' });
    expect(files()).toEqual(['.gitignore', 'README.md', 'package.json']);
  });
});

describe('a folder that has files of a sandbox', () => {
  beforeEach(() => write('lib/sandbox.ts', '// by hand'));

  it('is refused as a whole, with a list', async () => {
    await expect(run()).rejects.toMatchObject({
      exitCode: 2,
      code: 'FILES_EXIST',
      message: expect.stringContaining('  lib/sandbox.ts\n') as string,
    });
    expect(files()).toEqual(['lib/sandbox.ts']);
  });

  it('gets the missing ones with --missing', async () => {
    await run('.', { missing: true });
    expect(files()).toEqual(ALL_FILES);
    expect(read('lib/sandbox.ts')).toBe('// by hand');
  });

  it('is told with --missing that nothing is, where nothing is', async () => {
    fs.rmSync(path.join(cwd, 'lib'), { recursive: true });
    await run();
    const { code, stderr } = await run('.', { missing: true });
    expect(stderr).toMatch(/^nothing to add in \.; all files exist:\n {2}bin\/sandbox\.ts\n/);
    for (const file of ALL_FILES) expect(stderr).toContain(`  ${file}\n`);
    expect(stderr).not.toContain('add to .gitignore');
    expect(code).toBe(0);
  });

  it('is refused for a dangling symlink, which writing would follow', async () => {
    fs.rmSync(path.join(cwd, 'lib'), { recursive: true });
    fs.symlinkSync('/nowhere/at/all', path.join(cwd, 'cdk-like.json'));
    await expect(run()).rejects.toMatchObject({ code: 'FILES_EXIST' });
  });
});

test('Level 3 is told to name its log server before it starts', async () => {
  const { stderr } = await run('.', { level: '3' });
  for (const text of [stderr, read('README.md')]) {
    expect(text).toMatch(/export LOG_SERVER=.*\n +npx sandbox-cdk start/);
  }
});

test('a failure in the middle takes everything back', async () => {
  write('test', 'a file where a folder is needed');
  await expect(run('.', { missing: true })).resolves.toMatchObject({ code: 0 });
  write('again/bin', 'a file where a folder is needed');
  await expect(run('again')).rejects.toMatchObject({ exitCode: 2 });
  expect(files('again')).toEqual(['again/bin']);
});

test('an unknown agent is refused, with the closest and all known ones', async () => {
  await expect(run('.', { agent: ['claude'] })).rejects.toMatchObject({
    exitCode: 2,
    code: 'UNKNOWN_AGENT',
    message: expect.stringMatching(
      /did you mean claude-code\?[^]*known: claude-code, codex/,
    ) as string,
  });
  expect(files()).toEqual([]);
});

test('several agents need a level that isolates them', async () => {
  await expect(run('.', { agent: ['codex', 'copilot'] })).rejects.toMatchObject({
    code: 'TOO_MANY_AGENTS',
    message: expect.stringContaining('--level 2') as string,
  });
});

test('every agent that --agent takes is one that programs can make', () => {
  for (const [name, expression] of Object.entries(AGENTS)) {
    const method = /^Agent\.(\w+)\(\)$/.exec(expression)![1] as 'codex';
    expect(Agent[method]().name).toBe(name);
  }
});
