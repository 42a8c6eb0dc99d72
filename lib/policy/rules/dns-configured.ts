import { eachService } from '../checks';
import type { Rule } from '../rule';
import { show } from '../values';

const KEYS = ['dns', 'dns_search', 'dns_opt'] as const;

/** No resolver, so that no name can carry data out. */
export const dnsConfigured: Rule = {
  id: 'dns-configured',
  title: 'No name server is configured',
  severity: 'warning',
  acknowledgeable: true,
  why: 'Every lookup of a made-up name carries some bytes out, to whoever owns the domain.',
  fix: 'remove dns, dns_search and dns_opt; an air-gapped service looks up nothing',
  threats: ['N2', 'N3'],
  controls: ['network-boundary'],
  check: eachService((service) => {
    const set = KEYS.filter((key) => service[key] !== undefined);
    if (set.length === 0) return undefined;
    return set.map((key) => ({ property: key, message: `received ${key} ${show(service[key])}` }));
  }),
};
