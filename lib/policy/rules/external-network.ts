import type { Rule } from '../rule';
import { mayBeTrue, recordOf } from '../values';

/** Networks belong to the sandbox. */
export const externalNetwork: Rule = {
  id: 'external-network',
  title: 'No network from outside of the sandbox is joined',
  severity: 'error',
  acknowledgeable: true,
  why: 'Who else is on an external network, and where it leads, is decided elsewhere and can change after the review.',
  fix: "let the sandbox have a network of its own: new IsolatedNetwork(scope, id, { mode: 'internal' })",
  threats: ['N1', 'N12', 'N13'],
  controls: ['network-boundary', 'agent-separation'],
  check: ({ document }) => {
    if (document.networks === undefined) return [];
    return Object.entries(recordOf(document.networks))
      .filter(([, network]) => mayBeTrue(recordOf(network).external))
      .map(([name]) => ({
        property: `networks.${name}.external`,
        message: `joins the network ${JSON.stringify(name)}, which the sandbox does not make`,
      }));
  },
};
