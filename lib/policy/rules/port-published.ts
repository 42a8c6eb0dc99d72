import { eachService } from '../checks';
import type { Rule } from '../rule';
import { isRecord, listOf, show } from '../values';

/** Nothing listens on the host for the agent. */
export const portPublished: Rule = {
  id: 'port-published',
  title: 'No port is published on the host',
  severity: 'error',
  acknowledgeable: true,
  why: 'A published port lets whoever reaches the host talk to a server that an agent wrote, and needs a network in the first place.',
  fix: 'remove ports; where one is needed, bind it to 127.0.0.1',
  threats: ['N6', 'N12'],
  controls: ['network-boundary'],
  check: eachService((service) => {
    if (service.ports === undefined) return undefined;
    return listOf(service.ports).map((port, index) => ({
      property: `ports.${index}`,
      message: `publishes ${show(isRecord(port) ? (port.published ?? port.target) : port)}`,
    }));
  }),
};
