/** The unit of deployment: one Compose project, one output folder, one or more services. */
import type { Construct, IConstruct } from 'constructs';
import * as path from 'node:path';
import * as z from 'zod';
import { SandboxConstruct } from './construct';
import { layoutOf } from './layout';
import { parseNamed } from './props';
import * as schemas from './schemas';

const BRAND = Symbol.for('sandbox-cdk.Sandbox');

/** How much a sandbox promises: 1 solo, 2 team, 3 enterprise. Rules grow stricter with it. */
export type Level = 1 | 2 | 3;

/** How sensitive the data is that the sandbox sees; written into labels and audit records. */
export type DataClassification = 'public' | 'internal' | 'confidential' | 'restricted';

export interface SandboxProps {
  /** Default: 1. */
  readonly level?: Level;
  /** Labels of every service. Default: none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Default: `internal`. */
  readonly dataClassification?: DataClassification;
}

/** A file of the sandbox's folder. */
export interface SandboxFile {
  /** Relative to the sandbox's own folder, with forward slashes. */
  readonly path: string;
  readonly content: string;
}

/** @internal */
export const sandboxProps = z.strictObject({
  level: z.literal([1, 2, 3], '1, 2 or 3').optional(),
  labels: schemas.labels.optional(),
  dataClassification: z
    .enum(
      ['public', 'internal', 'confidential', 'restricted'],
      'public, internal, confidential or restricted',
    )
    .optional(),
});

/**
 * One sandbox. Its id is the name of the Compose project and of its folder in the output.
 *
 * @throws InvalidPropsError for unknown or invalid props, or an id that Compose would refuse
 * @see Compose specification, "Version and name"
 * @example
 * import { App, IsolatedNetwork, Sandbox, SandboxImage, SandboxService } from 'sandbox-cdk';
 *
 * const app = new App();
 * const sandbox = new Sandbox(app, 'lab', { level: 2 });
 * new SandboxService(sandbox, 'agent', {
 *   image: SandboxImage.debian('trixie'),
 *   network: new IsolatedNetwork(sandbox, 'network'),
 * });
 * app.synth();
 */
export class Sandbox extends SandboxConstruct {
  readonly level: Level;
  readonly labels: Readonly<Record<string, string>>;
  readonly dataClassification: DataClassification;
  private readonly fileProducers: (() => Iterable<SandboxFile>)[] = [];

  /** The sandbox that a construct belongs to; throws when it is in none. */
  static of(construct: IConstruct): Sandbox {
    for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
      if (Sandbox.isSandbox(at)) return at;
    }
    throw new Error(
      `${construct.node.path}: is in no sandbox; make it with a Sandbox (or something inside one) as its scope`,
    );
  }

  /** True for a sandbox, also one made by another installed copy of this package. */
  static isSandbox(value: unknown): value is Sandbox {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  constructor(scope: Construct, id: string, props: SandboxProps = {}) {
    super(scope, id);
    Object.defineProperty(this, BRAND, { value: true });
    const owner = { kind: new.target.name, scope, id };
    const { level, labels, dataClassification } = parseNamed(sandboxProps, props, owner);
    this.level = level ?? 1;
    this.labels = labels ?? {};
    this.dataClassification = dataClassification ?? 'internal';
  }

  /** The name of the Compose project and of the folder below the output folder. */
  get sandboxName(): string {
    return this.node.id;
  }

  /**
   * Adds files to the sandbox's folder. The function is asked once, at synthesis. Two files of one
   * path are an error there.
   */
  addFiles(files: () => Iterable<SandboxFile>): void {
    this.fileProducers.push(files);
  }

  /** All files, in the order in which they were added. */
  renderFiles(): SandboxFile[] {
    return this.fileProducers.flatMap((produce) => [...produce()]);
  }

  /**
   * A path of the project as the compose file must spell it: relative to the compose file, so that
   * a checkout can live anywhere. Absolute paths and `~` are the user's own and stay as they are.
   */
  fromProject(hostPath: string): string {
    if (hostPath.startsWith('/') || hostPath.startsWith('~')) return hostPath;
    const { output, projectDir } = layoutOf(this);
    const folder = path.posix.resolve(projectDir, output, this.sandboxName);
    const relative = path.posix.relative(folder, path.posix.resolve(projectDir, hostPath));
    return relative.startsWith('.') ? relative : `./${relative}`;
  }
}
