/**
 * A team's sandbox: two agents read one project, each in a container of its own, with its own limits
 * and its own output folder. Only Codex sees the fixtures.
 *
 * To run it, make it the `bin/sandbox.ts` of a project that `sandbox-cdk init --level 2` made.
 */
import { Agent, App, Level2Sandbox, ReadOnlyMount, SandboxImage, Size } from 'sandbox-cdk';

const app = new App();

const sandbox = new Level2Sandbox(app, 'payments', {
  source: '.', // the project: read-only, at /workspace
  output: 'agent-output', // writable, at /output: agent-output/claude-code and agent-output/codex
  agents: [Agent.claudeCode(), Agent.codex()],
  resources: { cpus: 4, memory: Size.gibibytes(8) },
  image: SandboxImage.debian('trixie').withNpmPackages({ typescript: '6.0.3' }),
  packages: ['ripgrep'],
  audit: { syslog: { address: 'tcp+tls://logs.example.com:6514' } },
});

sandbox
  .agent('codex')
  .addMount(new ReadOnlyMount(sandbox, 'fixtures', { source: 'fixtures', target: '/fixtures' }));

// A warning at Level 2: it stops nothing, but accepting it says who takes care of it, and until when.
sandbox.acknowledge('image-not-pinned', 'the digest follows with the first release');

app.synth();
