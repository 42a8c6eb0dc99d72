import { eachService } from '../checks';
import type { Rule } from '../rule';
import { show } from '../values';

/** Every service has no network at all, or the sandbox says why one is needed. */
export const networkNotAirGapped: Rule = {
  id: 'network-not-air-gapped',
  title: 'A service has no network: network_mode is none',
  severity: 'error',
  acknowledgeable: true,
  why: 'With any network, even an internal one, an agent can reach its neighbours and the engine’s resolver, and tunnel data out through DNS.',
  fix: 'use new IsolatedNetwork(scope, id) without a mode, which is air-gapped',
  threats: ['N1', 'N2', 'N4', 'N6', 'N12'],
  controls: ['network-boundary', 'agent-separation'],
  check: eachService((service) => {
    const mode = service.network_mode;
    if (mode === 'none') return undefined;
    const received =
      mode !== undefined
        ? `network_mode ${show(mode)}`
        : service.networks
          ? 'networks'
          : 'no network_mode, which means the default bridge';
    return {
      property: 'network_mode',
      message: `received ${received}; allowed is network_mode none`,
    };
  }),
};
