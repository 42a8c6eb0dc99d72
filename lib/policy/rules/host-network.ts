import { eachService } from '../checks';
import type { Rule } from '../rule';
import { isRecord, keywordOf, listOf, recordOf, textOf } from '../values';

/** No service shares the network of the host, also not by way of a network that is the host's. */
export const hostNetwork: Rule = {
  id: 'host-network',
  title: 'No service uses the network of the host',
  severity: 'error',
  acknowledgeable: false,
  why: 'On the host’s network every service bound to localhost, the metadata service and the whole company network are in reach.',
  fix: 'use new IsolatedNetwork(scope, id), which is air-gapped',
  threats: ['N1', 'N5', 'N6'],
  controls: ['network-boundary'],
  check: eachService((service, _, { document }) => {
    if (keywordOf(service.network_mode) === 'host') {
      return { property: 'network_mode', message: 'received network_mode "host"' };
    }
    if (service.networks === undefined) return undefined;
    const networks = recordOf(document.networks);
    const names = isRecord(service.networks)
      ? Object.keys(service.networks)
      : listOf(service.networks).map((name) => textOf(name) ?? '');
    const name = names.find((one) => Object.hasOwn(networks, one) && isHosts(networks[one]));
    if (name === undefined) return undefined;
    const message = `joins the network ${JSON.stringify(name)}, which is the host’s own`;
    return { property: 'networks', message };
  }),
};

function isHosts(network: unknown): boolean {
  const { driver, name, external } = recordOf(network);
  const externalName = isRecord(external) ? external.name : name;
  return keywordOf(driver) === 'host' || (Boolean(external) && keywordOf(externalName) === 'host');
}
