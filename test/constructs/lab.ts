/** A small laboratory: one sandbox with one service, and what it renders. */
import { RootConstruct } from 'constructs';
import { SandboxImage, SandboxService, type SandboxServiceProps } from '../../constructs';
import type { ServiceDocument } from '../../lib/compose/generated/document';
import { InvalidPropsError } from '../../lib/core/errors';
import { setLayout } from '../../lib/core/layout';
import { Sandbox, type SandboxProps } from '../../lib/core/sandbox';
import { Template } from '../../lib/testing';

export const IMAGE = SandboxImage.debian('trixie');

/** A sandbox `lab` of a project in `/project`. */
export function lab(props?: SandboxProps): Sandbox {
  const root = new RootConstruct();
  setLayout(root, { projectDir: '/project', output: 'sandbox.out' });
  return new Sandbox(root, 'lab', props);
}

/** Adds a service `agent`. */
export function agentIn(
  sandbox: Sandbox,
  props: Partial<SandboxServiceProps> = {},
): SandboxService {
  return new SandboxService(sandbox, 'agent', { image: IMAGE, ...props });
}

export function templateOf(sandbox: Sandbox): Template {
  return Template.fromSandbox(sandbox, { allowFindings: true });
}

/** The service as it is rendered, as plain data. */
export function rendered(service: SandboxService): ServiceDocument {
  return templateOf(Sandbox.of(service)).findServices()[service.serviceName]!;
}

/** `message; fix` of every problem with the props of a call. */
export function problemsOf(call: () => unknown): string[] {
  try {
    call();
  } catch (error) {
    if (!(error instanceof InvalidPropsError)) throw error;
    return error.findings.map(({ message, fix }) => `${message}; ${fix}`);
  }
  throw new Error('nothing was thrown');
}
