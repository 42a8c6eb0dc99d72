/** One container with all its walls up. Every wall can be lowered, one by one and visibly. */
import type { Construct } from 'constructs';
import * as z from 'zod';
import { SandboxConstruct } from '../lib/core/construct';
import { EnvRef } from '../lib/core/env-ref';
import { invalidProps, parseProps } from '../lib/core/props';
import { Sandbox, type SandboxFile } from '../lib/core/sandbox';
import * as schemas from '../lib/core/schemas';
import { Size } from '../lib/core/size';
import { Agent } from './agent';
import { AuditLogging, rotatedLocalLogs } from './audit-logging';
import { ComposeService, type ComposeServiceProps } from './compose';
import { HealthMonitor, type HealthMonitorProps } from './health-monitor';
import { IsolatedNetwork } from './isolated-network';
import { Mount } from './mount';
import { ResourceLimits, type ResourceLimitsProps } from './resource-limits';
import { SandboxImage, type RenderedImage } from './sandbox-image';
import { HOST_USER, type ServiceUser } from './service-user';
import { TmpfsMount } from './tmpfs-mount';

export interface SandboxServiceProps {
  /** What the container is made from. */
  readonly image: SandboxImage;
  /** The agent command-line tools installed in it. Default: none. */
  readonly agents?: readonly Agent[];
  /** Default: no network at all. */
  readonly network?: IsolatedNetwork;
  /** Default: a tmpfs at `/tmp` and one for the home folder, which are added unless given here. */
  readonly mounts?: readonly Mount[];
  /** Default: 2 CPUs, 4 GiB, no swap, 256 processes, 4,096 open files. */
  readonly resources?: ResourceLimitsProps;
  /** Numeric ids, never root's. Default: the person who starts the sandbox. */
  readonly user?: ServiceUser;
  /** Default: wait, so that people and agents can be let in with `exec`. */
  readonly command?: readonly string[];
  /** Environment variables; their names and values are taken as they are. Never put a secret here. */
  readonly environment?: Readonly<Record<string, string | EnvRef>>;
  /** Labels beside those of the sandbox. */
  readonly labels?: Readonly<Record<string, string>>;
  /** How often the walls are checked. Default: every 30 s. */
  readonly health?: HealthMonitorProps;
  /** OCI runtime, such as `runsc` for gVisor. Default: the engine's own default. */
  readonly runtime?: string | EnvRef;
  /** Relaxation, finding `root-filesystem-writable`. Default: false. */
  readonly writableRoot?: boolean;
  /** Relaxation, finding `capability-added`: capabilities kept, such as `NET_BIND_SERVICE`. Default: none. */
  readonly capabilities?: readonly string[];
}

const sandboxServiceProps = z.strictObject({
  image: schemas.instance(SandboxImage, "a SandboxImage, such as SandboxImage.debian('trixie')"),
  agents: z
    .array(schemas.instance(Agent, 'an Agent, such as Agent.claudeCode()'), 'a list of agents')
    .optional(),
  network: schemas.instance(IsolatedNetwork, 'an IsolatedNetwork').optional(),
  mounts: z
    .array(schemas.instance(Mount, 'a mount, such as a ReadOnlyMount'), 'a list of mounts')
    .optional(),
  resources: z.unknown().optional(),
  user: schemas.user.optional(),
  command: z.array(schemas.text, 'a list of texts').min(1, 'at least the program').optional(),
  environment: schemas.environment.optional(),
  labels: schemas.labels.optional(),
  health: z.unknown().optional(),
  runtime: z
    .union(
      [schemas.line.regex(/^[A-Za-z0-9._-]+$/, 'the name of a runtime'), schemas.envRef()],
      'the name of a runtime, or an EnvRef',
    )
    .optional(),
  writableRoot: z.boolean('true or false').optional(),
  capabilities: z
    .array(
      z.string().regex(/^(?:CAP_)?[A-Z_]+$/, 'a capability, such as NET_BIND_SERVICE'),
      'a list of capabilities',
    )
    .optional(),
});

/** The user's home inside every container. */
export const HOME = '/home/agent';
const LABEL_PREFIX = 'dev.sandbox-cdk';

/**
 * One service of a sandbox: air-gapped, non-root, without capabilities, on a read-only root, within
 * limits, checked and logged.
 *
 * Rules: all of docs/RULES.md look at what it renders; `node.defaultChild` is the `ComposeService`
 * to use `addOverride` on.
 *
 * @throws InvalidPropsError for unknown or invalid props, or an id that is no service name
 * @see Compose specification, "services"
 * @example
 * import { App, ReadOnlyMount, Sandbox, SandboxImage, SandboxService } from 'sandbox-cdk';
 *
 * const sandbox = new Sandbox(new App(), 'lab');
 * new SandboxService(sandbox, 'agent', {
 *   image: SandboxImage.debian('trixie', { packages: ['git', 'python3'] }),
 *   mounts: [new ReadOnlyMount(sandbox, 'src', { source: 'src', target: '/workspace/src' })],
 * });
 */
export class SandboxService extends SandboxConstruct {
  readonly network?: IsolatedNetwork;
  readonly limits: ResourceLimits;
  readonly user: ServiceUser;
  readonly health: HealthMonitor;
  readonly agents: readonly Agent[];
  private readonly props: z.output<typeof sandboxServiceProps>;
  private readonly mountList: Mount[] = [];
  private audit?: AuditLogging;
  private image?: RenderedImage;

  constructor(scope: Construct, id: string, props: SandboxServiceProps) {
    super(scope, id);
    const owner = { kind: 'SandboxService', scope, id };
    parseProps(z.strictObject({ id: schemas.name }), { id }, owner);
    this.props = parseProps(sandboxServiceProps, props, owner);
    this.network = this.props.network;
    this.user = this.props.user ?? HOST_USER;
    this.agents = this.props.agents ?? [];
    this.limits = new ResourceLimits(this.props.resources as ResourceLimitsProps, {
      ...owner,
      kind: 'SandboxService: resources',
    });
    this.health = new HealthMonitor(this, 'Health', this.props.health as HealthMonitorProps);
    this.mountList.push(...(this.props.mounts ?? []));
    this.addDefaultTmpfs();
    new ComposeService(this, 'Resource', () => this.render(), { name: id });
    Sandbox.of(this).addFiles(() => this.files());
  }

  /** The name of the service in Compose. */
  get serviceName(): string {
    return this.node.id;
  }

  /** All mounts, the tmpfs for `/tmp` and the home folder included. */
  get mounts(): readonly Mount[] {
    return this.mountList;
  }

  /** Mounts something more. A mount on the target of a default tmpfs takes its place. */
  addMount(mount: Mount): this {
    const replaced = this.mountList.findIndex(
      (other) => other.target === mount.target && other.node.scope === this && isDefault(other),
    );
    if (replaced >= 0) this.mountList.splice(replaced, 1, mount);
    else this.mountList.push(mount);
    return this;
  }

  /** Records this service's output; `AuditLogging.record` is the same from the other side. */
  recordWith(audit: AuditLogging): void {
    if (this.audit && this.audit !== audit) {
      throw invalidProps(
        { kind: 'AuditLogging', scope: audit.node.scope as Construct, id: audit.node.id },
        [
          {
            message: `${this.node.path} is recorded by ${this.audit.node.path} already; allowed: one AuditLogging a service`,
            fix: 'record the service once',
          },
        ],
      );
    }
    this.audit = audit;
  }

  private addDefaultTmpfs(): void {
    const taken = new Set(this.mountList.map(({ target }) => target));
    if (!taken.has('/tmp')) {
      this.mountList.push(
        new TmpfsMount(this, 'Tmp', { target: '/tmp', size: Size.mebibytes(512) }),
      );
    }
    if (!taken.has(HOME)) {
      // Agents keep helper programs and caches at home, so files there may be executed.
      const home = { target: HOME, size: Size.gibibytes(1), executable: true, owner: this.user };
      this.mountList.push(new TmpfsMount(this, 'Home', home));
    }
  }

  private render(): ComposeServiceProps {
    const { uid, gid } = this.user;
    const mounts = this.mountList.map((mount) => mount.render());
    const { writableRoot, capabilities, command, runtime } = this.props;
    return {
      build: this.renderBuild(),
      runtime,
      init: true,
      user: EnvRef.is(uid) || EnvRef.is(gid) ? EnvRef.text`${uid}:${gid}` : `${uid}:${gid}`,
      command,
      environment: this.environment(),
      ...(this.network ? this.network.render() : { networkMode: 'none' }),
      readOnly: !writableRoot,
      capDrop: ['ALL'],
      capAdd: capabilities?.length ? capabilities : undefined,
      securityOpt: ['no-new-privileges:true'],
      ipc: 'private',
      tmpfs: mounts.flatMap((mount) => ('tmpfs' in mount ? [mount.tmpfs] : [])),
      volumes: mounts.flatMap((mount) => ('volume' in mount ? [mount.volume] : [])),
      ...this.limits.render(),
      healthcheck: this.health.render(),
      restart: 'on-failure:5',
      stopGracePeriod: '10s',
      logging: this.audit ? this.audit.render(this) : rotatedLocalLogs(),
      labels: this.labels(),
    };
  }

  private environment(): Record<string, string | EnvRef> {
    return {
      ...Object.assign({}, ...this.agents.map((agent) => agent.environment)),
      HOME,
      ...this.props.environment,
    };
  }

  private labels(): Record<string, string> {
    const sandbox = Sandbox.of(this);
    return {
      [`${LABEL_PREFIX}.sandbox`]: sandbox.sandboxName,
      [`${LABEL_PREFIX}.level`]: String(sandbox.level),
      [`${LABEL_PREFIX}.data-classification`]: sandbox.dataClassification,
      ...sandbox.labels,
      ...this.props.labels,
    };
  }
}

function isDefault(mount: Mount): boolean {
  return mount.node.id === 'Tmp' || mount.node.id === 'Home';
}
