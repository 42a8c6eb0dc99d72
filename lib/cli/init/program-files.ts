/** The files of a new project that describe and test its sandbox. */
import type { ProjectPlan } from './project-plan';

export function appFile(plan: ProjectPlan): string {
  return `import { App } from 'sandbox-cdk';
import { ProjectSandbox } from '${sandboxModule(plan)}';

const app = new App();

new ProjectSandbox(app, '${plan.name}');

app.synth();
`;
}

export function sandboxFile({ level, agents }: ProjectPlan): string {
  const preset = `Level${level}Sandbox`;
  const enterprise = level === '3';
  const names = [
    ...(agents.length > 0 ? ['Agent'] : []),
    ...(enterprise ? ['EnvRef'] : []),
    preset,
  ];
  const agentsProp =
    agents.length > 0
      ? `agents: [${agents.join(', ')}],`
      : '// agents: [Agent.claudeCode()], with Agent imported from sandbox-cdk';
  return `import type { Construct } from 'constructs';
import { ${names.join(', ')} } from 'sandbox-cdk';
${enterprise ? LOG_SERVER : ''}
/** The walls around the agents of this project. */
export class ProjectSandbox extends ${preset} {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      source: '.', // the project itself: read-only inside, at /workspace
      ${agentsProp}
${enterprise ? '      audit: { syslog: { address: EnvRef.text`tcp+tls://${logServer}` } },\n' : ''}\
      // resources: { cpus: 4, memory: Size.gibibytes(8) }, with Size imported from sandbox-cdk
    });
${enterprise ? NOT_PINNED : ''}\
  }
}
`;
}

/** Level 3 asks for a log server; which one is known only where the sandbox is started. */
const LOG_SERVER = `
const logServer = EnvRef.required('LOG_SERVER', 'host and port of the log server');
`;

const NOT_PINNED = `\
    // Before the first real use: image: SandboxImage.debian('trixie', { digest: 'sha256:…' }).
    this.acknowledge('image-not-pinned', 'first steps: the base image has no digest yet');
`;

export function testFile(plan: ProjectPlan): string {
  const { name, services, testRunner } = plan;
  const framework = testRunner === 'vitest' ? 'vitest' : '@jest/globals';
  return `import { expect, test } from '${framework}';
import { App } from 'sandbox-cdk';
import { Template } from 'sandbox-cdk/testing';
import { ProjectSandbox } from '${sandboxModule(plan)}';

const sandbox = new ProjectSandbox(new App(), '${name}');
const template = Template.fromSandbox(sandbox);

test.each([${services.map((service) => `'${service}'`).join(', ')}])('%s is walled in', (service) => {
  template.hasService(service, {
    network_mode: 'none',
    read_only: true,
    cap_drop: ['ALL'],
  });
});

test('the compose file is the one that was reviewed', () => {
  expect(template.toYaml()).toMatchSnapshot();
});
`;
}

export function configFile(): string {
  return `${JSON.stringify(
    {
      $schema: './node_modules/sandbox-cdk/dist/cdk-like.schema.json',
      app: 'bin/sandbox.ts',
      output: 'sandbox.out',
      context: {},
    },
    null,
    2,
  )}
`;
}

/** As an ES module spells it where the project's package is one. */
function sandboxModule({ existing }: ProjectPlan): string {
  return existing?.type === 'module' ? '../lib/sandbox.js' : '../lib/sandbox';
}
