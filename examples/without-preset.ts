/**
 * A sandbox from level-2 constructs, without a preset: one service that reads `src`, writes its
 * results to a folder of its own, and records what it says. For sandboxes that are not "an agent and
 * its source", such as a laboratory or a test runner.
 *
 * To run it, make it the `bin/sandbox.ts` of a project that `sandbox-cdk init` made.
 */
import {
  App,
  AuditLogging,
  Duration,
  IsolatedNetwork,
  OutputMount,
  ReadOnlyMount,
  Sandbox,
  SandboxImage,
  SandboxService,
  Size,
} from 'sandbox-cdk';

const app = new App();

const sandbox = new Sandbox(app, 'lab');

const agent = new SandboxService(sandbox, 'agent', {
  image: SandboxImage.debian('trixie', { packages: ['git', 'python3'] }),
  network: new IsolatedNetwork(sandbox, 'network'), // air-gapped unless told otherwise
  mounts: [
    new ReadOnlyMount(sandbox, 'src', { source: 'src', target: '/workspace/src' }),
    new OutputMount(sandbox, 'results'),
  ],
  resources: { cpus: 1, memory: Size.gibibytes(2) },
  health: { interval: Duration.seconds(10) },
});

new AuditLogging(sandbox, 'audit', { maxFileSize: Size.mebibytes(5), maxFiles: 3 }).record(agent);

app.synth();
