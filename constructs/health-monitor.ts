/** The health check that proves a service's walls from inside. */
import type { Construct } from 'constructs';
import * as z from 'zod';
import { SandboxConstruct } from '../lib/core/construct';
import { Duration } from '../lib/core/duration';
import { EnvRef } from '../lib/core/env-ref';
import { parseProps } from '../lib/core/props';
import { Sandbox, type SandboxFile } from '../lib/core/sandbox';
import * as schemas from '../lib/core/schemas';
import { isGvisor } from '../lib/policy/runtimes';
import { asset } from '../lib/templates/render';
import type { ComposeHealthcheckProps } from './compose';
import type { ImageHealthcheck } from './sandbox-image';
import type { SandboxService } from './sandbox-service';

export interface HealthMonitorProps {
  /** Time between two checks, at least a second. Default: 30 s. */
  readonly interval?: Duration;
  /** Time after which a check has failed, at least a second. Default: 10 s. */
  readonly timeout?: Duration;
  /** Failures in a row that make a service unhealthy, 1 to 100. Default: 1: a broken wall is no hiccup. */
  readonly retries?: number;
}

const atLeastASecond = schemas.duration.refine(
  (time) => time.toMilliseconds() >= 1000,
  'at least a second',
);

/** @internal */
export const healthMonitorProps = z.strictObject({
  interval: atLeastASecond.optional(),
  timeout: atLeastASecond.optional(),
  retries: z.int('a whole number').min(1, 'at least 1').max(100, 'at most 100').optional(),
});

/** Where the image keeps the check: root's, read-only, in a folder no mount may hide. */
export const TOOL_FOLDER = '/usr/local/lib/sandbox-cdk';

/**
 * Isolated mode without site packages: nothing the agent can write is ever imported. The program is
 * the image's own copy that nobody can read: the agent, as whose user it runs, cannot trace it.
 */
const HEALTHCHECK_COMMAND = [`${TOOL_FOLDER}/python3`, '-I', '-S', `${TOOL_FOLDER}/healthcheck.py`];

/**
 * Generates `healthcheck.py` and what it must find (`healthcheck.json`), and has the engine run it.
 * A container is healthy only while every wall is proven; see docs/HEALTHCHECK.md for the checks.
 *
 * Every `SandboxService` has one; its `health` prop takes the same props.
 *
 * Rules: `health-check-missing`, `health-check-weak`.
 *
 * @throws InvalidPropsError for unknown or invalid props
 * @see Compose specification, "healthcheck"
 * @example
 * import { App, Duration, Sandbox, SandboxImage, SandboxService } from 'sandbox-cdk';
 *
 * new SandboxService(new Sandbox(new App(), 'lab'), 'agent', {
 *   image: SandboxImage.debian('trixie'),
 *   health: { interval: Duration.seconds(10) },
 * });
 */
export class HealthMonitor extends SandboxConstruct {
  private readonly interval: Duration;
  private readonly timeout: Duration;
  private readonly retries: number;

  constructor(scope: Construct, id: string, props: HealthMonitorProps = {}) {
    super(scope, id);
    const parsed = parseProps(healthMonitorProps, props, { kind: 'HealthMonitor', scope, id });
    this.interval = parsed.interval ?? Duration.seconds(30);
    this.timeout = parsed.timeout ?? Duration.seconds(10);
    this.retries = parsed.retries ?? 1;
  }

  /** The `healthcheck` section of a service. */
  render(): ComposeHealthcheckProps {
    return { test: ['CMD', ...HEALTHCHECK_COMMAND], ...this.settings() };
  }

  /** The same for the image, so that it is checked wherever it runs. */
  imageHealthcheck(): ImageHealthcheck {
    const { interval, timeout, startPeriod, retries } = this.settings();
    return { command: HEALTHCHECK_COMMAND, interval, timeout, startPeriod, retries };
  }

  private settings() {
    return {
      interval: this.interval.toCompose(),
      timeout: this.timeout.toCompose(),
      retries: this.retries,
      startPeriod: '5s',
    };
  }

  /** The check and its expectations, for the service's build context. */
  files(service: SandboxService): SandboxFile[] {
    return [
      { path: `${service.serviceName}/healthcheck.py`, content: asset('healthcheck.py') },
      { path: `${service.serviceName}/healthcheck.json`, content: expectations(service) },
    ];
  }
}

/** What the check must find, by the service's own settings; documented in docs/HEALTHCHECK.md. */
function expectations(service: SandboxService): string {
  const { limits, user, mounts, network, capabilities, writableRoot } = service;
  const sandbox = Sandbox.of(service);
  const fixed = !EnvRef.is(user.uid) && !EnvRef.is(user.gid);
  const expected = {
    version: 1,
    sandbox: sandbox.sandboxName,
    service: service.serviceName,
    level: sandbox.level,
    network: network?.mode === 'internal' ? 'internal' : 'none',
    user: fixed ? user : null,
    readOnly: [
      ...(writableRoot ? [] : ['/']),
      ...targets(mounts.filter((mount) => !mount.writable)),
    ],
    writable: targets(mounts.filter((mount) => mount.writable)),
    memoryBytes: limits.memory.toBytes(),
    cpus: limits.cpus,
    pids: limits.pids,
    files: { core: 0, nofile: limits.openFiles },
    omitted:
      capabilities.length > 0
        ? { capabilities: `relaxed: keeps ${capabilities.join(', ')}` }
        : undefined,
    omittedOnGvisor: mayRunOnGvisor(service) ? ASKED_FROM_OUTSIDE : undefined,
  };
  return `${JSON.stringify(expected, null, 2)}\n`;
}

/** gVisor's kernel does not show these inside; the host sets and shows them. */
const ASKED_FROM_OUTSIDE = Object.fromEntries(
  ['no-new-privileges', 'memory', 'swap', 'cpu', 'pids', 'ulimits'].map((check) => [
    check,
    'gVisor does not show it inside',
  ]),
);

function mayRunOnGvisor({ runtime }: SandboxService): boolean {
  return EnvRef.is(runtime) || isGvisor(runtime);
}

function targets(mounts: readonly { readonly target: string }[]): string[] {
  return mounts.map(({ target }) => target).sort();
}
