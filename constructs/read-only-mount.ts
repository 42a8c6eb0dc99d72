/** A folder or file of the project that a service may read and never change. */
import type { Construct } from 'constructs';
import * as z from 'zod';
import { parseProps } from '../lib/core/props';
import { Sandbox } from '../lib/core/sandbox';
import * as schemas from '../lib/core/schemas';
import { Mount, type RenderedMount } from './mount';

export interface ReadOnlyMountProps {
  /** Folder or file on the host, relative to the project folder. It must exist at start. */
  readonly source: string;
  /** Absolute path inside the container. */
  readonly target: string;
}

/** @internal */
export const readOnlyMountProps = z.strictObject({
  source: schemas.hostPath,
  target: schemas.containerPath,
});

/**
 * Mounts a folder or file of the project read-only.
 *
 * The kernel refuses every write with EROFS, so an agent can plant no Git hook, editor task or CI
 * file in the source. Docker is told not to create a missing source, which it would do as root.
 *
 * Rules: `host-root-mounted`, `home-directory-mounted`, `credential-directory-mounted`,
 * `engine-socket-mounted`, `duplicate-mount-target`.
 *
 * @throws InvalidPropsError for unknown or invalid props
 * @see Compose specification, "volumes", long syntax
 * @example
 * import { App, Level1Sandbox, ReadOnlyMount } from 'sandbox-cdk';
 *
 * const sandbox = new Level1Sandbox(new App(), 'demo', { source: 'src' });
 * sandbox.agent().addMount(
 *   new ReadOnlyMount(sandbox, 'fixtures', { source: 'fixtures', target: '/fixtures' }),
 * );
 */
export class ReadOnlyMount extends Mount {
  readonly target: string;
  readonly writable = false;
  private readonly source: string;

  constructor(scope: Construct, id: string, props: ReadOnlyMountProps) {
    super(scope, id);
    const { source, target } = parseProps(readOnlyMountProps, props, {
      kind: 'ReadOnlyMount',
      scope,
      id,
    });
    this.source = source;
    this.target = target;
  }

  override render(): RenderedMount {
    return {
      volume: {
        type: 'bind',
        source: Sandbox.of(this).fromProject(this.source),
        target: this.target,
        readOnly: true,
        bind: { createHostPath: false },
      },
    };
  }
}
