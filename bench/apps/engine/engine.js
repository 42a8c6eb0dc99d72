// The program of the engine cases: one sandbox of each level, one on gVisor, and twenty to start at once.
const { App, Level1Sandbox, Level2Sandbox, Level3Sandbox } = require('sandbox-cdk');

const app = new App();
const source = 'workspace';

new Level1Sandbox(app, 'bench-one', { source });
new Level2Sandbox(app, 'bench-two', { source });
level3('bench-three');
level3('bench-gvisor', { runtime: 'runsc' });

for (let index = 1; index <= 20; index++) {
  new Level1Sandbox(app, `bench-${String(index).padStart(2, '0')}`, { source });
}

app.synth();

function level3(id, props = {}) {
  const sandbox = new Level3Sandbox(app, id, {
    source,
    // Nobody listens: a datagram that is lost costs as much as one that arrives.
    audit: { syslog: { address: 'udp://127.0.0.1:5514' } },
    ...props,
  });
  sandbox.acknowledge('image-not-pinned', 'the benchmark measures whatever base image is there');
}
