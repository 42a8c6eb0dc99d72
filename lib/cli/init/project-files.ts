/** The files of a new project around its sandbox: packages, checks, CI and a README. */
import type { OwnPackage } from '../package-root';
import type { ProjectPlan } from './project-plan';

/** Tested with these; a project can go its own way at any time. */
const TOOLS = {
  jest: { '@swc/core': '~1.16.18', '@swc/jest': '^0.2.39', jest: '^30.5.2' },
  vitest: {},
} as const;

/** Names and ranges of what the project needs. */
export function devDependencies(
  { testRunner }: Pick<ProjectPlan, 'testRunner'>,
  own: OwnPackage,
): Record<string, string> {
  const all: Record<string, string> = {
    ...TOOLS[testRunner],
    '@types/node': '^20.19.43',
    constructs: own.peerDependencies.constructs!,
    'sandbox-cdk': `^${own.version}`,
    typescript: own.dependencies.typescript!,
  };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const SCRIPTS = {
  synth: 'sandbox-cdk synth',
  check: 'sandbox-cdk synth --check',
  test: 'jest',
} as const;

export function packageFile(plan: ProjectPlan, own: OwnPackage): string {
  return json({
    name: plan.name,
    version: '0.1.0',
    private: true,
    scripts: SCRIPTS,
    devDependencies: devDependencies(plan, own),
  });
}

export function tsconfigFile(): string {
  return json({
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2023'],
      module: 'Node16',
      types: ['node'],
      strict: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ['bin', 'lib', 'test'],
  });
}

export function jestConfigFile({ existing }: ProjectPlan): string {
  const mapper =
    existing?.type === 'module'
      ? "\n  // A source is imported by the name of its output.\n  moduleNameMapper: { '^(\\\\.{1,2}/.*)\\\\.js$': '$1' },"
      : '';
  return `module.exports = {
  roots: ['<rootDir>/test'],
  transform: {
    '^.+\\\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },${mapper}
};
`;
}

export const IGNORED = ['node_modules/'] as const;

export function gitignoreFile(): string {
  return `node_modules/
`;
}

export function workflowFile({ existing }: ProjectPlan): string {
  return `# Tests the sandbox, and fails when sandbox.out is not what the program describes.
name: sandbox
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      - run: npm test${existing ? ' --if-present' : ''}
      - run: npx sandbox-cdk synth --check
`;
}

/** What starts the sandbox, once it is synthesized. */
export function startCommands({ level }: ProjectPlan): string[] {
  return [
    ...(level === '3'
      ? ['export LOG_SERVER=logs.example.com:6514   # host and port of the log server']
      : []),
    'npx sandbox-cdk start',
  ];
}

export function readmeFile(plan: ProjectPlan): string {
  const { name, level } = plan;
  return `# ${name}

A Level ${level} sandbox for AI coding agents, made with sandbox-cdk.

    npm install             # once; commit package-lock.json
    npm run synth           # writes sandbox.out/; read it, and commit it
    npm test                # the first run writes the snapshot; commit it too
${startCommands(plan)
  .map((command) => `    ${command}`)
  .join('\n')}

\`start\` says of every wall whether it is proven, and why one is not. Then:

    npx sandbox-cdk shell       # a shell inside
    npx sandbox-cdk status
    npx sandbox-cdk stop        # with --now: frozen at once

| file | what it is |
|---|---|
| \`lib/sandbox.ts\` | the walls; this is the file to change |
| \`bin/sandbox.ts\` | the program that synth runs |
| \`test/sandbox.test.ts\` | what must stay true of the walls |
| \`sandbox.out/\` | plain Docker config; generated, reviewed and committed |
| \`.github/workflows/sandbox.yml\` | runs the test and checks that \`sandbox.out/\` is up to date |

Next:

    npx sandbox-cdk diff          # what a change means, security first
    npx sandbox-cdk explain       # every rule, and how to mend or accept a finding
`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
