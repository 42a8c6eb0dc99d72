/**
 * The way out: level-1 constructs have every key of the Compose specification, and `addOverride`
 * reaches what a level-2 construct sets. Nothing gets past the rules on this way: they look at the
 * finished document.
 *
 * To run it, make it the `bin/sandbox.ts` of a project that `sandbox-cdk init` made.
 */
import { App, Sandbox, SandboxImage, SandboxService } from 'sandbox-cdk';
import { ComposeService } from 'sandbox-cdk/compose';

const app = new App();
const sandbox = new Sandbox(app, 'custom');

// A level-2 construct, and one key of the compose file that has no prop.
const agent = new SandboxService(sandbox, 'agent', { image: SandboxImage.debian('trixie') });
const rendered = agent.node.defaultChild as ComposeService;
rendered.addOverride('hostname', 'agent');
rendered.addOverride(['labels', 'com.example.team'], 'payments');

// A level-1 construct: nothing is secured for you, so every wall is written out.
const linter = new ComposeService(sandbox, 'linter', {
  image: `debian:trixie-slim@sha256:${'0'.repeat(64)}`, // a placeholder: take the digest of your mirror
  command: ['sleep', 'infinity'],
  user: '1000:1000',
  init: true,
  networkMode: 'none',
  readOnly: true,
  capDrop: ['ALL'],
  securityOpt: ['no-new-privileges:true'],
  ipc: 'private',
  tmpfs: ['/tmp:noexec,nosuid,nodev,size=64m,nr_inodes=8192,mode=1777'],
  cpus: 1,
  memLimit: '512m',
  memswapLimit: '512m',
  pidsLimit: 64,
  shmSize: '16m',
  ulimits: { core: 0, nofile: { soft: 1024, hard: 1024 } },
  restart: 'on-failure:5',
  logging: { driver: 'json-file', options: { 'max-size': '1m', 'max-file': '2' } },
});

// What is missing is a finding; this one is accepted in the open, with a reason.
linter.acknowledge('health-check-missing', 'runs no agent and mounts nothing');

app.synth();
