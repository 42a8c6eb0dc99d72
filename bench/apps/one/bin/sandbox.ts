// The program of the cases "one" and "edit": one Level 1 sandbox, nothing but defaults.
import { Agent, App, Level1Sandbox } from 'sandbox-cdk';

const app = new App();

new Level1Sandbox(app, 'bench', { source: '.', agents: [Agent.claudeCode()] });

app.synth();
