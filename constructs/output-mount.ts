/** The one folder through which an agent's work leaves the sandbox. */
import type { Construct } from 'constructs';
import * as z from 'zod';
import { parseNamed, parseProps } from '../lib/core/props';
import { Sandbox } from '../lib/core/sandbox';
import * as schemas from '../lib/core/schemas';
import { Mount, type RenderedMount } from './mount';

/** Where an agent leaves its work, inside the container. */
export const OUTPUT = '/output';

export interface OutputMountProps {
  /**
   * Folder on the host, relative to the project folder; it must exist and belong to the person who
   * starts the sandbox. Default: `output/NAME` in the sandbox's own folder, which synthesis makes.
   */
  readonly source?: string;
  /** Absolute path inside the container. Default: `/output`. */
  readonly target?: string;
  /** Name of the default folder. Default: the construct's id. */
  readonly name?: string;
}

const outputMountProps = z.strictObject({
  source: schemas.hostPath.optional(),
  target: schemas.containerPath.optional(),
  name: schemas.name.optional(),
});

/** Committed, so that the folder exists in every checkout and belongs to the one who checked it out. */
const PLACEHOLDER = `# Written by an agent: look before you copy anything out of here.
*
!.gitignore
`;

/**
 * Mounts the output folder: the only place of the host that a service can write to.
 *
 * Rules: `source-writable` for a target outside `/output`, `output-overlaps-source`, `output-shared`.
 *
 * @throws InvalidPropsError for unknown or invalid props, or an id that is no folder name where no
 * `name` and no `source` is given
 * @see Compose specification, "volumes", long syntax
 * @example
 * import { App, OutputMount, Sandbox, SandboxImage, SandboxService } from 'sandbox-cdk';
 *
 * const sandbox = new Sandbox(new App(), 'lab');
 * new SandboxService(sandbox, 'agent', {
 *   image: SandboxImage.debian('trixie'),
 *   mounts: [new OutputMount(sandbox, 'results')],
 * });
 */
export class OutputMount extends Mount {
  readonly target: string;
  readonly writable = true;
  private readonly source?: string;
  private readonly ownFolder: string;

  constructor(scope: Construct, id: string, props: OutputMountProps = {}) {
    super(scope, id);
    const owner = { kind: 'OutputMount', scope, id };
    const { source, target, name } = parseProps(outputMountProps, props, owner);
    // Then the id is the name of a folder.
    if (source === undefined && name === undefined) parseNamed(outputMountProps, props, owner);
    this.source = source;
    this.target = target ?? OUTPUT;
    this.ownFolder = `output/${name ?? id}`;
    if (source === undefined) {
      Sandbox.of(this).addFiles(() => [
        { path: `${this.ownFolder}/.gitignore`, content: PLACEHOLDER },
      ]);
    }
  }

  override render(): RenderedMount {
    const { source, ownFolder } = this;
    return {
      volume: {
        type: 'bind',
        source: source === undefined ? `./${ownFolder}` : Sandbox.of(this).fromProject(source),
        target: this.target,
        bind: { createHostPath: false },
      },
    };
  }
}
