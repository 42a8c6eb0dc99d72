/** Level 3, enterprise: for source that must not leak, and for people who must prove it did not. */
import type { Construct } from 'constructs';
import { EnvRef } from '../lib/core/env-ref';
import { PresetSandbox, type PresetProps } from './preset';

export interface Level3SandboxProps extends PresetProps {}

/**
 * Level 2 with gVisor where the host has it (start with `SANDBOX_RUNTIME=runsc`), confidential data
 * by default, and the strictest rules: an image that is not pinned by digest stops synthesis, and so
 * do records that stay in the container's local logs.
 *
 * @throws InvalidPropsError for unknown or invalid props, or an agent given twice
 * @example
 * import { Agent, App, Level3Sandbox } from 'sandbox-cdk';
 *
 * const app = new App();
 * const sandbox = new Level3Sandbox(app, 'ledger', {
 *   source: '.',
 *   agents: [Agent.claudeCode()],
 *   audit: { syslog: { address: 'tcp+tls://logs.example.com:6514' } },
 * });
 * sandbox.acknowledge('image-not-pinned', 'the mirror has no digest yet; ticket SEC-7');
 * app.synth();
 */
export class Level3Sandbox extends PresetSandbox {
  constructor(scope: Construct, id: string, props: Level3SandboxProps) {
    super(scope, id, props, {
      level: 3,
      dataClassification: 'confidential',
      maxAgents: Infinity,
      runtime: EnvRef.optional('SANDBOX_RUNTIME', 'runc'),
    });
  }
}
