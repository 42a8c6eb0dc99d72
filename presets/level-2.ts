/** Level 2, team: several agents, each in a container of its own. */
import type { Construct } from 'constructs';
import { PresetSandbox, type PresetProps } from './preset';

export interface Level2SandboxProps extends PresetProps {}

/**
 * Several agents behind the walls of Level 1, each with its own container, limits and output
 * folder; none can reach another. Rules are stricter than at Level 1.
 *
 * @throws InvalidPropsError for unknown or invalid props, or an agent given twice
 * @example
 * import { Agent, App, Level2Sandbox, Size } from 'sandbox-cdk';
 *
 * const app = new App();
 * new Level2Sandbox(app, 'payments', {
 *   source: '.',
 *   agents: [Agent.claudeCode(), Agent.codex()],
 *   resources: { cpus: 4, memory: Size.gibibytes(8) },
 * });
 * app.synth();
 */
export class Level2Sandbox extends PresetSandbox {
  constructor(scope: Construct, id: string, props: Level2SandboxProps) {
    super(scope, id, props, { level: 2, dataClassification: 'internal', maxAgents: Infinity });
  }
}
