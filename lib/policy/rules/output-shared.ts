import { inventoryOf } from '../inventory';
import { nestedPaths } from '../nested-paths';
import type { Rule, Violation } from '../rule';

/** One output folder for each agent. */
export const outputShared: Rule = {
  id: 'output-shared',
  title: 'No two services write to one folder of the host',
  severity: { 1: 'warning', 2: 'error', 3: 'error' },
  acknowledgeable: true,
  why: 'In a shared folder one agent changes what another one made, or passes messages that no network wall sees.',
  fix: 'give each service an OutputMount with a source of its own',
  threats: ['N12', 'F5'],
  controls: ['agent-separation'],
  check: (subject) => {
    const { services } = inventoryOf(subject);
    if (services.length < 2) return [];
    const outputs = services.flatMap(({ name, mounts }) =>
      mounts.flatMap(({ type, writable, source, property }) => {
        const path = source?.resolved.at(-1);
        if (type !== 'bind' || !writable || path === undefined) return [];
        return [{ path, service: name, property: `services.${name}.${property}` }];
      }),
    );
    const found: Violation[] = [];
    for (const [outer, inner] of nestedPaths(outputs)) {
      if (outer.service === inner.service) continue;
      const message = `writes to the same folder as the service ${outer.service}`;
      found.push({ property: inner.property, message });
    }
    return found;
  },
};
