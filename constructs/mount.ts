/** What every mount of a service has in common. */
import type { EnvRef } from '../lib/core/env-ref';
import { SandboxConstruct } from '../lib/core/construct';
import type { ComposeVolumeMountProps } from './compose';

/** A bind mount in Compose's long syntax, or an entry of the service's `tmpfs` list. */
export type RenderedMount =
  { readonly volume: ComposeVolumeMountProps } | { readonly tmpfs: string | EnvRef };

/** Something mounted into a service, at one absolute path inside it. */
export abstract class Mount extends SandboxConstruct {
  /** Absolute path inside the container. */
  abstract readonly target: string;
  /** True when the agent may write there. */
  abstract readonly writable: boolean;
  /** The mount as Compose spells it; asked at synthesis. */
  abstract render(): RenderedMount;
}
