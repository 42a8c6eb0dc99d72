import { eachService } from '../checks';
import type { Rule, Violation } from '../rule';
import { isRecord, isTrue, keywordOf, mayBeTrue, recordOf, show } from '../values';

const BRIDGES = new Set([undefined, 'bridge', 'default', 'nat']);

/** Services that join the default network because nothing says otherwise. */
const onDefault = eachService((service, _, { document }) => {
  const mode = keywordOf(service.network_mode);
  if (service.networks !== undefined || !BRIDGES.has(mode)) return undefined;
  if (mode === undefined && isRecord(recordOf(document.networks).default)) return undefined;
  const message = 'joins the engine’s default network, which reaches the internet';
  return { property: 'network_mode', message };
});

/** A network, where one is needed, leads nowhere else. */
export const networkNotInternal: Rule = {
  id: 'network-not-internal',
  title: 'Every network is internal: no route leads out of it',
  severity: 'error',
  acknowledgeable: true,
  why: 'A network that is not internal is the whole internet, the company network, the metadata service and the host’s own ports.',
  fix: "use new IsolatedNetwork(scope, id, { mode: 'internal' }), and a gateway for the one thing that is needed",
  threats: ['N1', 'N2', 'N3', 'N5', 'N6', 'N7'],
  controls: ['network-boundary'],
  check: (subject) => {
    if (subject.document.networks === undefined) return onDefault(subject);
    const found: Violation[] = [];
    for (const [name, value] of Object.entries(recordOf(subject.document.networks))) {
      const { internal, external } = recordOf(value);
      if (isTrue(internal) || mayBeTrue(external)) continue;
      const message = `received internal ${show(internal)}; allowed is true`;
      found.push({ property: `networks.${name}.internal`, message });
    }
    return [...found, ...onDefault(subject)];
  },
};
