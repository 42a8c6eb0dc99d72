/** What the presets of all levels share: their props, and how an agent's service is put together. */
import type { Construct } from 'constructs';
import * as z from 'zod';
import { Agent } from '../constructs/agent';
import {
  AuditLogging,
  auditLoggingProps,
  type AuditLoggingProps,
} from '../constructs/audit-logging';
import { healthMonitorProps, type HealthMonitorProps } from '../constructs/health-monitor';
import { debianPackage } from '../constructs/image/package-names';
import {
  IsolatedNetwork,
  isolatedNetworkProps,
  type IsolatedNetworkProps,
} from '../constructs/isolated-network';
import { OutputMount } from '../constructs/output-mount';
import {
  ReadOnlyMount,
  readOnlyMountProps,
  type ReadOnlyMountProps,
} from '../constructs/read-only-mount';
import { resourceLimitsProps, type ResourceLimitsProps } from '../constructs/resource-limits';
import { SandboxImage } from '../constructs/sandbox-image';
import { SandboxService, sandboxServiceProps, WORKSPACE } from '../constructs/sandbox-service';
import type { ServiceUser } from '../constructs/service-user';
import { onLineOfScope } from '../lib/core/construct';
import type { EnvRef } from '../lib/core/env-ref';
import { invalidProps, parseNamed } from '../lib/core/props';
import { Sandbox, sandboxProps, type DataClassification, type Level } from '../lib/core/sandbox';
import * as schemas from '../lib/core/schemas';
import { closest } from '../lib/core/suggest';

/** The service of a sandbox that names no agents, and the one service of Level 1. */
const PLAIN_SERVICE = 'agent';

export interface PresetProps {
  /** Folder that the agents may read, relative to the project folder; at `/workspace` inside. */
  readonly source: string;
  /** The agents, each once. Default: one plain service without an agent tool. */
  readonly agents?: readonly Agent[];
  /** Limits of each agent. Default: 2 CPUs, 4 GiB, no swap, 256 processes. */
  readonly resources?: ResourceLimitsProps;
  /**
   * Folder that agents write to, relative to the project folder; at `/output` inside. With several
   * agents, each has a folder of its name in it. Default: `output/` in the sandbox's own folder.
   */
  readonly output?: string;
  /** Folders and files to mount read-only beside the source. Default: none. */
  readonly mounts?: readonly ReadOnlyMountProps[];
  /** Debian packages to install beside what the agents need. Default: none. */
  readonly packages?: readonly string[];
  /** What the containers are made from. Default: Debian trixie. */
  readonly image?: SandboxImage;
  /** Numeric ids, never root's. Default: the person who starts the sandbox. */
  readonly user?: ServiceUser;
  /** Environment variables of every agent. Never put a secret here. Default: none. */
  readonly environment?: Readonly<Record<string, string | EnvRef>>;
  /** Labels of every service. Default: none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** How sensitive the source is. Default: `internal`; at Level 3 `confidential`. */
  readonly dataClassification?: DataClassification;
  /** How each agent is cut off. Default: no network at all. */
  readonly network?: IsolatedNetworkProps;
  /** What is recorded of the agents' output. Default: rotated local logs. */
  readonly audit?: AuditLoggingProps;
  /** How often the walls are checked. Default: every 30 s. */
  readonly health?: HealthMonitorProps;
  /** OCI runtime. Default: the engine's own; at Level 3 gVisor where the host has it. */
  readonly runtime?: string | EnvRef;
}

// What is handed on is checked here too, so that every problem of one call is told at once.
const presetProps = z.strictObject({
  source: schemas.hostPath,
  agents: z
    .array(schemas.instance(Agent, 'an Agent, such as Agent.claudeCode()'), 'a list of agents')
    .min(1, 'at least one agent')
    .optional(),
  resources: resourceLimitsProps.optional(),
  output: schemas.hostPath.optional(),
  mounts: z.array(readOnlyMountProps, 'a list of { source, target }').optional(),
  packages: z.array(debianPackage, 'a list of Debian packages').optional(),
  image: schemas
    .instance(SandboxImage, "a SandboxImage, such as SandboxImage.debian('trixie')")
    .optional(),
  user: schemas.user.optional(),
  environment: schemas.environment.optional(),
  labels: sandboxProps.shape.labels,
  dataClassification: sandboxProps.shape.dataClassification,
  network: isolatedNetworkProps.optional(),
  audit: auditLoggingProps.optional(),
  health: healthMonitorProps.optional(),
  runtime: sandboxServiceProps.shape.runtime,
});

/** What differs between the levels. */
export interface LevelDefaults {
  readonly level: Level;
  readonly dataClassification: DataClassification;
  readonly maxAgents: number;
  readonly runtime?: EnvRef;
}

/**
 * A whole sandbox made of level-2 constructs: one service for each agent, with its own output
 * folder, all of them air-gapped.
 */
export abstract class PresetSandbox extends Sandbox {
  private readonly services = new Map<string, SandboxService>();

  protected constructor(scope: Construct, id: string, props: PresetProps, defaults: LevelDefaults) {
    const owner = { kind: new.target.name, scope, id };
    const own = parseNamed(presetProps, props, owner) as PresetProps;
    const agents = own.agents ?? [];
    checkAgents(agents, defaults, owner);
    super(scope, id, {
      level: defaults.level,
      labels: own.labels,
      dataClassification: own.dataClassification ?? defaults.dataClassification,
    });

    onLineOfScope(() => this.addServices(own, agents, defaults));
  }

  private addServices(own: PresetProps, agents: readonly Agent[], defaults: LevelDefaults): void {
    const readOnly = [{ source: own.source, target: WORKSPACE }, ...(own.mounts ?? [])].map(
      (mount, index) => new ReadOnlyMount(this, index === 0 ? 'source' : `mount-${index}`, mount),
    );
    const audit = new AuditLogging(this, 'audit', own.audit);
    const shared = { ...own, runtime: own.runtime ?? defaults.runtime };
    for (const agent of agents.length > 0 ? agents : [undefined]) {
      const name = agent && defaults.maxAgents > 1 ? agent.name : PLAIN_SERVICE;
      const service = this.addService(name, agent, shared, readOnly);
      audit.record(service);
    }
  }

  /**
   * The service of an agent. With one agent, the name can be left out.
   *
   * @throws RangeError when there is no such agent, or several and no name
   */
  agent(name?: string): SandboxService {
    const names = [...this.services.keys()];
    const service = this.services.get(name ?? (names.length === 1 ? names[0]! : ''));
    if (service) return service;
    const guess = name === undefined ? undefined : closest(name, names);
    throw new RangeError(
      `${this.node.path}: ${name === undefined ? 'there are several agents; say which' : `there is no agent ${JSON.stringify(name)}`}` +
        ` (${names.join(', ')})${guess ? `; did you mean ${guess}?` : ''}`,
    );
  }

  /** The services of all agents, in the order of the `agents` prop. */
  get agentServices(): readonly SandboxService[] {
    return [...this.services.values()];
  }

  private addService(
    name: string,
    agent: Agent | undefined,
    props: PresetProps,
    readOnly: readonly ReadOnlyMount[],
  ): SandboxService {
    const image = props.image ?? SandboxImage.debian('trixie');
    const network = new IsolatedNetwork(this, `${name}-network`, props.network);
    const output = new OutputMount(this, `${name}-output`, {
      name,
      source: this.outputSource(name, props),
    });
    const service = new SandboxService(this, name, {
      image: image.withPackages(...(props.packages ?? [])),
      agents: agent ? [agent] : [],
      network,
      mounts: [...readOnly, output],
      resources: props.resources,
      user: props.user,
      environment: props.environment,
      health: props.health,
      runtime: props.runtime,
    });
    this.services.set(name, service);
    return service;
  }

  private outputSource(service: string, { output, agents = [] }: PresetProps): string | undefined {
    if (output === undefined || agents.length <= 1) return output;
    return `${output.replace(/\/+$/, '')}/${service}`;
  }
}

function checkAgents(
  agents: readonly Agent[],
  { level, maxAgents }: LevelDefaults,
  owner: Parameters<typeof invalidProps>[0],
): void {
  const problems = [];
  if (agents.length > maxAgents) {
    problems.push({
      message: `agents: received ${agents.length}; allowed at Level ${level}: one`,
      fix: 'use Level2Sandbox, where each agent has a container of its own, or remove all but one',
    });
  }
  for (const [index, { name }] of agents.entries()) {
    if (agents.findIndex((other) => other.name === name) === index) continue;
    problems.push({
      message: `agents: received ${name} twice; allowed: each once`,
      fix: 'remove one, or make a sandbox for each',
    });
  }
  if (problems.length > 0) throw invalidProps(owner, problems);
}
