/** Level 1, solo: one developer, one agent. */
import type { Construct } from 'constructs';
import { PresetSandbox, type PresetProps } from './preset';

export interface Level1SandboxProps extends PresetProps {}

/**
 * One agent, air-gapped, non-root, without capabilities, on a read-only root: it reads the source,
 * writes to one output folder, and stays within 2 CPUs and 4 GiB.
 *
 * @throws InvalidPropsError for unknown or invalid props, or more than one agent
 * @example
 * import { Agent, App, Level1Sandbox } from 'sandbox-cdk';
 *
 * const app = new App();
 * new Level1Sandbox(app, 'demo', { source: '.', agents: [Agent.claudeCode()] });
 * app.synth();
 */
export class Level1Sandbox extends PresetSandbox {
  constructor(scope: Construct, id: string, props: Level1SandboxProps) {
    super(scope, id, props, { level: 1, dataClassification: 'internal', maxAgents: 1 });
  }
}
