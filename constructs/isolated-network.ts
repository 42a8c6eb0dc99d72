/** How a service is cut off. Air-gapped unless told otherwise. */
import type { Construct } from 'constructs';
import * as z from 'zod';
import { onLineOfScope, SandboxConstruct } from '../lib/core/construct';
import { parseProps } from '../lib/core/props';
import { ComposeNetwork, type ComposeServiceProps } from './compose';

/**
 * `air-gapped`: one loopback interface, no route, no DNS. `internal`: a network of its own without
 * a way out, on which its services see each other and the engine's resolver.
 */
export type NetworkMode = 'air-gapped' | 'internal';

export interface IsolatedNetworkProps {
  /** Default: `air-gapped`. */
  readonly mode?: NetworkMode;
}

/** @internal */
export const isolatedNetworkProps = z.strictObject({
  mode: z.enum(['air-gapped', 'internal'], 'air-gapped or internal').optional(),
});

/**
 * The network of one or more services.
 *
 * Rules: `network-not-air-gapped` for `internal`.
 *
 * @throws InvalidPropsError for unknown or invalid props
 * @see Compose specification, "network_mode" and "internal"
 * @example
 * import { App, IsolatedNetwork, Sandbox } from 'sandbox-cdk';
 *
 * const sandbox = new Sandbox(new App(), 'lab');
 * new IsolatedNetwork(sandbox, 'network');
 */
export class IsolatedNetwork extends SandboxConstruct {
  readonly mode: NetworkMode;

  constructor(scope: Construct, id: string, props: IsolatedNetworkProps = {}) {
    super(scope, id);
    const { mode } = parseProps(isolatedNetworkProps, props, {
      kind: 'IsolatedNetwork',
      scope,
      id,
    });
    this.mode = mode ?? 'air-gapped';
    if (this.mode === 'internal') {
      onLineOfScope(
        () => new ComposeNetwork(this, 'Resource', { internal: true, enableIpv6: false }),
      );
    }
  }

  /** What a service on this network says about it. */
  render(): ComposeServiceProps {
    if (this.mode === 'air-gapped') return { networkMode: 'none' };
    return {
      networks: { [this.node.id]: {} },
      // No ICMP sockets: nobody's group is from 1 to 0.
      sysctls: { 'net.ipv4.ping_group_range': '1 0' },
    };
  }
}
