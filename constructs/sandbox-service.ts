/** One container with all its walls up. Every wall can be lowered, one by one and visibly. */
import type { Construct } from 'constructs';
import * as z from 'zod';
import { onLineOfScope, SandboxConstruct } from '../lib/core/construct';
import { EnvRef } from '../lib/core/env-ref';
import { layoutOf } from '../lib/core/layout';
import { invalidProps, parseNamed } from '../lib/core/props';
import { Sandbox, type SandboxFile } from '../lib/core/sandbox';
import * as schemas from '../lib/core/schemas';
import { Size } from '../lib/core/size';
import { Agent } from './agent';
import { type AuditLogging, rotatedLocalLogs } from './audit-logging';
import { ComposeService, type ComposeServiceProps } from './compose';
import {
  HealthMonitor,
  healthMonitorProps,
  TOOL_FOLDER,
  type HealthMonitorProps,
} from './health-monitor';
import { IsolatedNetwork } from './isolated-network';
import { Mount } from './mount';
import { OUTPUT } from './output-mount';
import { ResourceLimits, resourceLimitsProps, type ResourceLimitsProps } from './resource-limits';
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

/** @internal */
export const sandboxServiceProps = z.strictObject({
  image: schemas.instance(SandboxImage, "a SandboxImage, such as SandboxImage.debian('trixie')"),
  agents: z
    .array(schemas.instance(Agent, 'an Agent, such as Agent.claudeCode()'), 'a list of agents')
    .optional(),
  network: schemas.instance(IsolatedNetwork, 'an IsolatedNetwork').optional(),
  mounts: z
    .array(schemas.instance(Mount, 'a mount, such as a ReadOnlyMount'), 'a list of mounts')
    .optional(),
  resources: resourceLimitsProps.optional(),
  user: schemas.user.optional(),
  command: z.array(schemas.text, 'a list of texts').min(1, 'at least the program').optional(),
  environment: schemas.environment.optional(),
  labels: schemas.labels.optional(),
  health: healthMonitorProps.optional(),
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

/** The agent's home inside every container: a tmpfs. */
export const HOME = '/home/agent';
/** Where every container starts, and where presets mount the source. */
export const WORKSPACE = '/workspace';
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
  /** OCI runtime; the engine's own default when undefined. */
  readonly runtime?: string | EnvRef;
  /** Capabilities kept: none, unless relaxed. */
  readonly capabilities: readonly string[];
  /** False, unless relaxed. */
  readonly writableRoot: boolean;
  private readonly props: z.output<typeof sandboxServiceProps>;
  private readonly mountList: Mount[] = [];
  private audit?: AuditLogging;
  private image?: RenderedImage;

  constructor(scope: Construct, id: string, props: SandboxServiceProps) {
    super(scope, id);
    const owner = { kind: 'SandboxService', scope, id };
    this.props = parseNamed(sandboxServiceProps, props, owner);
    this.network = this.props.network;
    this.user = this.props.user ?? HOST_USER;
    this.agents = this.props.agents ?? [];
    this.runtime = this.props.runtime;
    this.capabilities = this.props.capabilities ?? [];
    this.writableRoot = this.props.writableRoot ?? false;
    this.limits = new ResourceLimits(this.props.resources);
    this.mountList.push(...(this.props.mounts ?? []));
    this.health = onLineOfScope(() => {
      this.addDefaultTmpfs();
      new ComposeService(this, 'Resource', () => this.render(), { name: id });
      return new HealthMonitor(this, 'Health', this.props.health);
    });
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
      throw invalidProps({ kind: 'AuditLogging', scope: audit.node.scope, id: audit.node.id }, [
        {
          message: `${this.node.path} is recorded by ${this.audit.node.path} already; allowed: one AuditLogging a service`,
          fix: 'record the service once',
        },
      ]);
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
    const { buildArgs } = this.renderImage();
    const mounts = this.mountList.map((mount) => mount.render());
    return {
      build: {
        context: `./${this.serviceName}`,
        dockerfile: 'Dockerfile',
        args: Object.keys(buildArgs).length > 0 ? buildArgs : undefined,
      },
      runtime: this.runtime,
      init: true,
      user: EnvRef.is(uid) || EnvRef.is(gid) ? EnvRef.text`${uid}:${gid}` : `${uid}:${gid}`,
      command: this.props.command,
      environment: this.environment(),
      ...(this.network ? this.network.render() : { networkMode: 'none' }),
      readOnly: !this.writableRoot,
      capDrop: ['ALL'],
      capAdd: this.capabilities.length > 0 ? this.capabilities : undefined,
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

  /** The build context: the image's files, and the health check that it copies. */
  private files(): SandboxFile[] {
    const { contextFiles } = this.renderImage();
    const files = Array.from(contextFiles, ([path, content]) => ({
      path: `${this.serviceName}/${path}`,
      content,
    }));
    return [...files, ...this.health.files(this)];
  }

  /** Rendered once: the document and the files both ask. */
  private renderImage(): RenderedImage {
    return (this.image ??= this.props.image.render({
      owner: {
        kind: 'SandboxService: image',
        scope: this.node.scope,
        id: this.node.id,
      },
      title: `Image of the service ${this.serviceName}.`,
      projectDir: layoutOf(this).projectDir,
      user: this.user,
      runtime: this.runtime,
      agents: this.agents,
      homeDir: HOME,
      workdir: WORKSPACE,
      outputDir: OUTPUT,
      toolFolder: TOOL_FOLDER,
      healthcheck: this.health.imageHealthcheck(),
    }));
  }

  private environment(): Record<string, string | EnvRef> {
    const folders = this.agents.flatMap(({ homeFolders }) => homeFolders);
    return {
      ...Object.fromEntries(this.agents.flatMap(({ environment }) => Object.entries(environment))),
      ...(folders.length > 0 && {
        SANDBOX_HOME_DIRS: folders.map((folder) => `${HOME}/${folder}`).join(':'),
      }),
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
