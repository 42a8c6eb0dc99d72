import { IsolatedNetwork, SandboxService } from '../../constructs';
import { Match } from '../../lib/testing';
import { agentIn, IMAGE, lab, problemsOf, templateOf } from './lab';

test('a network is an air gap unless told otherwise: no network at all, and none is made', () => {
  const sandbox = lab();
  agentIn(sandbox, { network: new IsolatedNetwork(sandbox, 'network') });
  templateOf(sandbox)
    .hasService('agent', { network_mode: 'none', networks: Match.absent() })
    .networkCountIs(0);
});

test('a service without a network has the air gap too', () => {
  const sandbox = lab();
  agentIn(sandbox);
  templateOf(sandbox).hasService('agent', { network_mode: 'none', networks: Match.absent() });
});

test('an internal network has no way out, and its services see each other', () => {
  const sandbox = lab();
  const network = new IsolatedNetwork(sandbox, 'inside', { mode: 'internal' });
  agentIn(sandbox, { network });
  new SandboxService(sandbox, 'database', { image: IMAGE, network });
  templateOf(sandbox)
    .hasNetwork('inside', Match.exact({ internal: true, enable_ipv6: false }))
    .allServices({ networks: { inside: {} }, network_mode: Match.absent() })
    .allServices({ sysctls: { 'net.ipv4.ping_group_range': '1 0' } })
    .hasFinding('network-not-air-gapped', { construct: 'lab/agent', severity: 'error' })
    .hasFinding('network-not-air-gapped', { construct: 'lab/database' });
});

test('a mode that there is not is refused with those there are', () => {
  expect(problemsOf(() => new IsolatedNetwork(lab(), 'x', { mode: 'bridge' as never }))).toEqual([
    'IsolatedNetwork: mode: received "bridge"; allowed: air-gapped or internal; change mode',
  ]);
});
