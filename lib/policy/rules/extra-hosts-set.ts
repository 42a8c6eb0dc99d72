import { eachService } from '../checks';
import { extraHostsOf } from '../extra-hosts';
import type { Rule } from '../rule';
import { show } from '../values';

/** Names mean what they mean everywhere. */
export const extraHostsSet: Rule = {
  id: 'extra-hosts-set',
  title: 'No host names are added',
  severity: 'warning',
  acknowledgeable: true,
  why: 'A name that means another address inside than outside can send traffic, and the keys in it, where nobody expects.',
  fix: 'remove extra_hosts',
  threats: ['N6', 'S3'],
  controls: ['network-boundary'],
  check: eachService((service) => {
    const hosts = extraHostsOf(service);
    if (hosts.length === 0) return undefined;
    return hosts.map(({ property, name, address }) => ({
      property,
      message: `gives ${show(name)} the address ${show(address)}`,
    }));
  }),
};
