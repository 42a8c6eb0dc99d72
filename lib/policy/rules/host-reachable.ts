import { eachService } from '../checks';
import { extraHostsOf } from '../extra-hosts';
import type { Rule } from '../rule';
import { show } from '../values';

const HOST_NAMES =
  /^(?:host|gateway|kubernetes)\.(?:docker|containers|lima|rancher-desktop)\.internal$/;
const METADATA = /^(?:\[?fd00:ec2::254\]?|169\.254\.\d+\.\d+|100\.100\.100\.200)$/;

/** The host has no name and no address inside. */
export const hostReachable: Rule = {
  id: 'host-reachable',
  title: 'No host name leads to the host itself or to a metadata service',
  severity: 'error',
  acknowledgeable: true,
  why: 'Services on the host trust what comes from it: databases without a password, development servers, the metadata service with its cloud keys.',
  fix: 'remove the entry; let the one thing that is needed come through a gateway',
  threats: ['N5', 'N6'],
  controls: ['network-boundary'],
  check: eachService((service) => {
    const wrong = extraHostsOf(service).filter(
      ({ name, address }) =>
        address === 'host-gateway' || HOST_NAMES.test(name) || METADATA.test(address),
    );
    if (wrong.length === 0) return undefined;
    return wrong.map(({ property, name, address }) => ({
      property,
      message: `gives ${show(name)} the address ${show(address)}`,
    }));
  }),
};
