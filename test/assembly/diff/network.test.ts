import { checkRows, type Row } from './rows';

const rows: Row[] = [
  [
    { network_mode: 'none' },
    { network_mode: 'bridge' },
    'broadens',
    'agent can now reach the network bridge (was air-gapped)',
  ],
  [
    { network_mode: 'none' },
    {},
    'broadens',
    'agent can now reach the networks of its project (was air-gapped)',
  ],
  [
    { network_mode: 'bridge' },
    { network_mode: 'host' },
    'broadens',
    "agent can now reach the host's own network (was the network bridge)",
  ],
  [
    { network_mode: 'bridge' },
    { network_mode: 'service:web' },
    'broadens',
    'agent can now reach the network service:web (was the network bridge)',
  ],
  [
    { network_mode: 'host' },
    { network_mode: 'bridge' },
    'narrows',
    "agent is on the network bridge now (was the host's own network)",
  ],
  [
    {},
    { network_mode: 'none' },
    'narrows',
    'agent is air-gapped now (was the networks of its project)',
  ],
  [{ networks: ['a'] }, { networks: ['a', 'b'] }, 'broadens', 'agent can now reach the network b'],
  [
    { networks: { a: null } },
    { networks: { a: null, b: { aliases: ['x'] } } },
    'broadens',
    'agent can now reach the network b',
  ],
  [
    { networks: ['a', 'b'] },
    { networks: ['b'] },
    'narrows',
    'agent can no longer reach the network a',
  ],
  [
    { networks: { a: {} } },
    { networks: { a: { aliases: ['x'] } } },
    'neutral',
    'agent: network a aliases is now ["x"]',
  ],
  [
    {},
    { ports: ['8080:80'] },
    'broadens',
    'port 80/tcp of agent is published on every address of the host now',
  ],
  [
    {},
    { ports: [{ target: 80, published: '8080', host_ip: '127.0.0.1' }] },
    'broadens',
    'port 80/tcp of agent is published on 127.0.0.1 of the host now',
  ],
  [
    { ports: ['127.0.0.1:8080:80'] },
    { ports: ['8080:80'] },
    'broadens',
    'port 80/tcp of agent is published on every address now (was the host alone)',
  ],
  [
    { ports: ['8080:80'] },
    { ports: ['127.0.0.1:8080:80'] },
    'narrows',
    'port 80/tcp of agent is published for the host alone now',
  ],
  [
    { ports: ['[::1]:8080:80'] },
    { ports: ['[::1]:81:80'] },
    'neutral',
    'port 80/tcp of agent is published as 81 on [::1] now',
  ],
  [{ ports: [80] }, {}, 'narrows', 'port 80/tcp of agent is no longer published on the host'],
  [
    {},
    { extra_hosts: ['host.docker.internal:host-gateway'] },
    'broadens',
    'agent now knows the host host.docker.internal as host-gateway',
  ],
  [{ extra_hosts: { a: '10.0.0.1' } }, {}, 'narrows', 'agent no longer knows the host a'],
  [{}, { dns: '8.8.8.8' }, 'broadens', 'agent can now look up names at 8.8.8.8'],
  [
    { dns: ['8.8.8.8', '1.1.1.1'] },
    { dns: ['1.1.1.1'] },
    'narrows',
    'agent can no longer look up names at 8.8.8.8',
  ],
  [{}, { links: ['db'] }, 'broadens', 'agent can now reach the service db by name'],
];

checkRows('a difference in the network', rows, /service:web/);
