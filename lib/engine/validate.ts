/** Proves the walls of one running sandbox: collects what can be seen, and lets every probe judge it. */
import type { OutputSandbox } from '../assembly/read';
import type { EngineClient } from './client';
import { findDeployment } from './deployment';
import type { Environment } from './environment';
import { PROBES } from './probes';
import type { SandboxReport } from './report';

export type { Acceptance, SandboxReport, ServiceReport, WallResult } from './report';

export interface ValidateOptions {
  /** With the variables of the person (`personVariables`). */
  readonly env: Environment;
  /** Reasons by probe: walls that may stay unproven. */
  readonly allowUnproven: ReadonlyMap<string, string>;
}

/** @throws EngineError when the engine cannot be reached, or Compose refuses the folder */
export async function validateSandbox(
  client: EngineClient,
  sandbox: OutputSandbox,
  _options: ValidateOptions,
): Promise<SandboxReport> {
  const { project } = await findDeployment(client, sandbox);
  const services = sandbox.manifest.services.map((service) => ({
    service,
    results: PROBES.map(({ id, title, fix }) => ({
      id,
      title,
      verdict: 'unproven' as const,
      evidence: 'not built yet',
      fix,
    })),
  }));
  return { sandbox: sandbox.name, project, isProven: false, services };
}
