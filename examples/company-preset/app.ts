/**
 * A project that uses its company's preset: the whole program. In a real project the import is
 * `@acme/sandboxes`.
 */
import { Agent, App } from 'sandbox-cdk';
import { AcmeSandbox } from './acme-sandbox';

const app = new App();

new AcmeSandbox(app, 'ledger', {
  source: '.',
  agents: [Agent.claudeCode()],
  team: 'payments',
});

app.synth();
