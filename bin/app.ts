/** The repository's own example app: one sandbox of each level. `npm run synth` writes sandbox.out/. */
import {
  Agent,
  App,
  EnvRef,
  Level1Sandbox,
  Level2Sandbox,
  Level3Sandbox,
  ReadOnlyMount,
  Size,
} from 'sandbox-cdk';

const app = new App();

// Level 1, solo: one developer lets one agent read this repository.
new Level1Sandbox(app, 'solo', {
  source: '.',
  agents: [Agent.claudeCode()],
});

// Level 2, team: two agents, each in a container of its own, with more room and fixtures to read.
const team = new Level2Sandbox(app, 'team', {
  source: '.',
  agents: [Agent.claudeCode(), Agent.codex()],
  resources: { cpus: 4, memory: Size.gibibytes(8) },
  packages: ['git', 'ripgrep'],
});
team
  .agent('codex')
  .addMount(new ReadOnlyMount(team, 'examples', { source: 'examples', target: '/examples' }));

const logServer = EnvRef.required('LOG_SERVER', 'host and port of the log server');

// Level 3, enterprise: the strictest rules; what does not meet them is accepted here, in the open.
const enterprise = new Level3Sandbox(app, 'enterprise', {
  source: '.',
  agents: [Agent.claudeCode()],
  labels: { 'com.example.owner': 'platform-team' },
  audit: { syslog: { address: EnvRef.text`tcp+tls://${logServer}` } },
});
enterprise.acknowledge('image-not-pinned', 'an example; a company pins the digest of its mirror');

app.synth();
