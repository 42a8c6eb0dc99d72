// The program of the cases with many sandboxes: as many Level 1 sandboxes as the context value
// `sandboxes` says, all in one app. Plain JavaScript, so that no compiler is measured.
const { Agent, App, Level1Sandbox } = require('sandbox-cdk');

const app = new App();
const count = Number(app.node.tryGetContext('sandboxes') ?? 1);

for (let index = 1; index <= count; index++) {
  const id = `sandbox-${String(index).padStart(5, '0')}`;
  new Level1Sandbox(app, id, { source: '.', agents: [Agent.claudeCode()] });
}

app.synth();
