import { eachService } from '../checks';
import type { Rule } from '../rule';
import { entriesOf, show, textOf } from '../values';

/** Parameters of the kernel that a container has for itself; all others are the host's. */
const OWN = /^(?:net\.|kernel\.(?:msg|sem$|shm)|fs\.mqueue\.)/;
/** Parameters that open a network when they have one of these values. */
const OPENING =
  /^net\..*(?:forward(?:ing)?|accept_redirects|accept_source_route|route_localnet|proxy_arp|send_redirects)$/;

/** No parameter of the kernel that is the host's, or that opens the network. */
export const dangerousSysctl: Rule = {
  id: 'dangerous-sysctl',
  title: 'No kernel parameter is changed that belongs to the host or opens the network',
  severity: 'error',
  acknowledgeable: true,
  why: 'Some parameters are the whole host’s; others turn a container into a router, or let it send ICMP or answer for its neighbours.',
  fix: 'remove it from sysctls',
  threats: ['K3', 'N4'],
  controls: ['kernel-confinement', 'network-boundary'],
  check: eachService((service) => {
    if (service.sysctls === undefined) return undefined;
    return entriesOf(service.sysctls)
      .filter(({ name, value }) => isDangerous(name.trim().replaceAll('/', '.'), textOf(value)))
      .map(({ name, key, value }) => ({
        property: `sysctls.${key}`,
        message: `sets ${show(name)} to ${show(value)}`,
      }));
  }),
};

function isDangerous(name: string, value: string | undefined): boolean {
  if (!OWN.test(name)) return true;
  const number = value?.trim();
  if (name === 'net.ipv4.ping_group_range') return number?.replace(/\s+/g, ' ') !== '1 0';
  if (name.endsWith('disable_ipv6') || name.endsWith('rp_filter')) return number === '0';
  return OPENING.test(name) && number !== '0';
}
