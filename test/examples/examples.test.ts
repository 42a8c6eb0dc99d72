/** The programs in examples/ do what their header comments say. Nothing is written. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setProgramHost } from '../../lib/app/host';
import type { Assembly } from '../../lib/assembly/assembly';
import { Match, Template } from '../../lib/testing';

const EXAMPLES = path.resolve(__dirname, '../../examples');
const WALLS = { network_mode: 'none', read_only: true, cap_drop: ['ALL'] };

let projectDir: string;
beforeAll(() => (projectDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-cdk-examples-'))));
afterAll(() => {
  expect(fs.readdirSync(projectDir)).toEqual([]);
  fs.rmSync(projectDir, { recursive: true });
});

/** Runs a program as the command does, in an empty project, and takes what it hands over. */
function run(program: string): Assembly {
  let result: Assembly | undefined;
  setProgramHost({
    projectDir,
    output: 'sandbox.out',
    isOutputGiven: false,
    context: {},
    submit: (assembly) => (result = assembly),
    reject: (error) => {
      throw error;
    },
  });
  try {
    jest.isolateModules(() => {
      jest.requireActual(path.join(EXAMPLES, program));
    });
  } finally {
    setProgramHost(undefined);
  }
  if (!result) throw new Error(`${program} does not call app.synth()`);
  return result;
}

function errorsOf(assembly: Assembly): string[] {
  return assembly.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
}

test('without a preset, a service is walled in and writes to its results only', () => {
  const assembly = run('without-preset.ts');
  expect(errorsOf(assembly)).toEqual([]);
  Template.fromAssembly(assembly, 'lab').hasService('agent', {
    ...WALLS,
    volumes: [
      { source: '../../src', target: '/workspace/src', read_only: true },
      { source: './output/results', target: '/output', read_only: Match.absent() },
    ],
    logging: { driver: 'json-file', options: { 'max-size': '5m', 'max-file': '3' } },
  });
});

test('in a team, each agent has its own output folder, and only codex sees the fixtures', () => {
  const assembly = run('team.ts');
  expect(assembly.findings).toEqual([]);
  const fixtures = Match.arrayWith([{ target: '/fixtures', read_only: true }]);
  Template.fromAssembly(assembly, 'payments')
    .allServices({ ...WALLS, cpus: 4, mem_limit: '8g' })
    .hasService('claude-code', { volumes: Match.not(fixtures) })
    .hasService('codex', { volumes: fixtures })
    .hasService('codex', {
      volumes: Match.arrayWith([{ source: '../../agent-output/codex', target: '/output' }]),
    })
    .hasAcknowledgement('image-not-pinned', { construct: 'payments/codex' });
});

test('level-1 constructs and overrides go through the same rules', () => {
  const assembly = run('level-1-constructs.ts');
  expect(errorsOf(assembly)).toEqual([]);
  Template.fromAssembly(assembly, 'custom')
    .allServices(WALLS)
    .hasService('agent', { hostname: 'agent', labels: { 'com.example.team': 'payments' } })
    .hasAcknowledgement('health-check-missing', { construct: 'custom/linter' });
});

test('a company preset settles the log server and the digest, and needs no acknowledgement', () => {
  const assembly = run('company-preset/app.ts');
  expect(errorsOf(assembly)).toEqual([]);
  const template = Template.fromAssembly(assembly, 'ledger');
  template.hasNoAcknowledgements().hasService('claude-code', {
    ...WALLS,
    labels: { 'com.acme.team': 'payments' },
    logging: { options: { 'syslog-address': Match.stringLikeRegexp('ACME_LOG_SERVER') } },
  });
  expect(template.dockerfile('claude-code').from).toMatch(/^debian:trixie-slim@sha256:0{64}$/);
});

test('every program is run by a test above', () => {
  const programs = fs
    .readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('acme-sandbox.ts'));
  const text = fs.readFileSync(__filename, 'utf8');
  expect(programs.filter((program) => !text.includes(`run('${program}')`))).toEqual([]);
});
