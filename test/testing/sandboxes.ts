/** Small sandboxes made of L1 constructs, so that these tests depend on no default of an L2 one. */
import { RootConstruct } from 'constructs';
import {
  ComposeNetwork,
  ComposeService,
  ComposeVolume,
  type ComposeServiceProps,
} from '../../constructs/compose';
import { Sandbox } from '../../lib/core/sandbox';
import { Template } from '../../lib/testing';

export const DOCKERFILE = `FROM debian:trixie-slim
RUN apt-get update && apt-get install -y git
USER 1000:1000
`;

/** A sandbox `demo` with the services named, each with the props given and a few of its own. */
export function sandboxOf(services: Readonly<Record<string, ComposeServiceProps>>): Sandbox {
  const sandbox = new Sandbox(new RootConstruct(), 'demo');
  for (const [name, props] of Object.entries(services)) {
    new ComposeService(sandbox, name, {
      image: 'debian:trixie-slim',
      networkMode: 'none',
      ...props,
    });
  }
  new ComposeNetwork(sandbox, 'inside', { internal: true });
  new ComposeVolume(sandbox, 'socket', { driver: 'local' });
  sandbox.addFiles(() => [
    { path: 'agent/Dockerfile', content: DOCKERFILE },
    { path: 'agent/healthcheck.json', content: '{"level": 1, "user": {"uid": 1000}}' },
  ]);
  return sandbox;
}

/** A template of such a sandbox, whatever the rules say about it. */
export function templateOf(services: Readonly<Record<string, ComposeServiceProps>>): Template {
  return Template.fromSandbox(sandboxOf(services), { allowFindings: true });
}

/** The message of what a function throws; fails when it throws nothing. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
