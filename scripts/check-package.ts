/**
 * Checks the package as users will install it: packs it, lints its metadata and types, then installs
 * it in an empty project and uses every entry point from JavaScript and from TypeScript.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const ROOT = path.resolve(__dirname, '..');
const MOST_KILOBYTES = 1_500;

const PROGRAM = `
import { Construct } from 'constructs';
import { Agent, App, Level1Sandbox } from 'sandbox-cdk';
import { ComposeService } from 'sandbox-cdk/compose';
import { Level2Sandbox } from 'sandbox-cdk/presets';
import { Match, Template } from 'sandbox-cdk/testing';

const app = new App();
const sandbox = new Level1Sandbox(app, 'packed', { source: '.', agents: [Agent.claudeCode()] });
const service: Construct | undefined = sandbox.agent().node.defaultChild as ComposeService;
Template.fromSandbox(sandbox).hasService('agent', { network_mode: 'none', image: Match.absent() });
if (!service || Level2Sandbox.length < 3) throw new Error('an entry point is incomplete');
app.synth();
`;

const TSCONFIG = {
  compilerOptions: {
    target: 'ES2022',
    module: 'Node16',
    strict: true,
    types: ['node'],
    lib: ['ES2022'],
    noEmit: true,
  },
};

function run(cwd: string, program: string, ...args: string[]): string {
  return execFileSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function main(): void {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-package-'));
  try {
    const tarball = pack(work);
    run(ROOT, 'npx', 'publint', tarball, '--strict');
    // Node 10's resolution knows no exports map; the package needs Node 20.
    run(
      ROOT,
      'npx',
      'attw',
      tarball,
      '--ignore-rules',
      'cjs-resolves-to-esm',
      '--profile',
      'node16',
      '--exclude-entrypoints',
      './cdk-like.schema.json',
    );
    useIn(work, tarball);
    console.log('package: complete, typed, and usable from every entry point');
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

function pack(work: string): string {
  const [packed] = JSON.parse(
    run(ROOT, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', work),
  ) as [{ filename: string; size: number; files: { path: string }[] }];
  const unwanted = packed.files.filter(
    ({ path: file }) => /\.ts$/.test(file) && !/\.d\.ts$/.test(file) && !file.includes('templates'),
  );
  if (unwanted.length > 0)
    throw new Error(`sources in the package: ${unwanted.map(({ path: file }) => file).join(', ')}`);
  const kilobytes = Math.round(packed.size / 1024);
  if (kilobytes > MOST_KILOBYTES)
    throw new Error(`the package has ${kilobytes} KB; allowed are ${MOST_KILOBYTES}`);
  console.log(`package: ${packed.files.length} files, ${kilobytes} KB packed`);
  return path.join(work, packed.filename);
}

function useIn(work: string, tarball: string): void {
  const project = path.join(work, 'project');
  fs.mkdirSync(project);
  fs.writeFileSync(path.join(project, 'package.json'), '{ "private": true }');
  fs.writeFileSync(path.join(project, 'cdk-like.json'), '{ "app": "sandbox.ts" }');
  fs.writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify(TSCONFIG));
  fs.writeFileSync(path.join(project, 'sandbox.ts'), PROGRAM);
  run(
    project,
    'npm',
    'install',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    tarball,
    'constructs',
    '@types/node@20',
  );
  run(project, path.join('node_modules', '.bin', 'tsc'), '-p', '.');
  run(project, path.join('node_modules', '.bin', 'sandbox-cdk'), 'synth');
  // The library without the command: the program run by itself writes the very same bytes.
  const manifest = path.join(project, 'sandbox.out', 'manifest.json');
  const byCommand = fs.readFileSync(manifest, 'utf8');
  fs.rmSync(path.join(project, 'sandbox.out'), { recursive: true });
  run(project, path.join('node_modules', '.bin', 'ts-node'), 'sandbox.ts');
  if (fs.readFileSync(manifest, 'utf8') !== byCommand)
    throw new Error('the library and the command disagree');
}

main();
