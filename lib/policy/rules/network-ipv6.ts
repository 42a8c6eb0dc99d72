import type { Rule } from '../rule';
import { mayBeTrue, recordOf, show } from '../values';

/** Where there is a network, it is one that filters know. */
export const networkIpv6: Rule = {
  id: 'network-ipv6',
  title: 'No network has IPv6 switched on',
  severity: 'warning',
  acknowledgeable: true,
  why: 'Link-local IPv6 addresses come up by themselves, and allowlists and firewalls that think in IPv4 do not see them.',
  fix: 'remove enable_ipv6, or filter IPv6 too',
  threats: ['N4'],
  controls: ['network-boundary'],
  check: ({ document }) => {
    if (document.networks === undefined) return [];
    return Object.entries(recordOf(document.networks)).flatMap(([name, network]) => {
      const { enable_ipv6: enabled } = recordOf(network);
      if (!mayBeTrue(enabled)) return [];
      const message = `received enable_ipv6 ${show(enabled)}`;
      return [{ property: `networks.${name}.enable_ipv6`, message }];
    });
  },
};
