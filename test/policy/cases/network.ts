import { EnvRef } from '../../../lib/core/env-ref';
import { dnsConfigured } from '../../../lib/policy/rules/dns-configured';
import { engineRemoteAccess } from '../../../lib/policy/rules/engine-remote-access';
import { externalLinks } from '../../../lib/policy/rules/external-links';
import { externalNetwork } from '../../../lib/policy/rules/external-network';
import { extraHostsSet } from '../../../lib/policy/rules/extra-hosts-set';
import { hostReachable } from '../../../lib/policy/rules/host-reachable';
import { modelAttached } from '../../../lib/policy/rules/model-attached';
import { networkIpv6 } from '../../../lib/policy/rules/network-ipv6';
import { networkNotAirGapped } from '../../../lib/policy/rules/network-not-air-gapped';
import { networkNotInternal } from '../../../lib/policy/rules/network-not-internal';
import { portPublished } from '../../../lib/policy/rules/port-published';
import { rejected, withService, type RuleCases } from './rule-cases';

const joined = { network_mode: undefined, networks: ['inner'] };

export const networkCases: readonly RuleCases[] = [
  {
    rule: networkNotAirGapped,
    accepts: { 'network_mode none': withService({ network_mode: 'none' }) },
    rejects: {
      'nothing, which is the default network': rejected(
        { network_mode: undefined },
        'network_mode',
      ),
      'a network': rejected(joined, 'network_mode'),
      bridge: rejected({ network_mode: 'bridge' }, 'network_mode'),
      'a variable, even one whose default is none': rejected(
        { network_mode: EnvRef.optional('MODE', 'none') },
        'network_mode',
      ),
    },
  },
  {
    rule: networkNotInternal,
    accepts: {
      'no network': withService({}),
      'an internal network': {
        service: joined,
        document: { networks: { inner: { internal: true } } },
      },
      'an external network, which has a rule of its own': {
        service: joined,
        document: { networks: { inner: { external: true } } },
      },
    },
    rejects: {
      'the default network': rejected({ network_mode: undefined }, 'network_mode'),
      'the bridge by its name': rejected({ network_mode: 'bridge' }, 'network_mode'),
      'a network with a way out': {
        service: joined,
        document: { networks: { inner: null } },
        at: ['/networks.inner.internal'],
      },
      'a network whose way out is left to a variable': {
        service: joined,
        document: { networks: { inner: { internal: EnvRef.optional('INTERNAL', 'true') } } },
        at: ['/networks.inner.internal'],
      },
    },
  },
  {
    rule: externalNetwork,
    accepts: { 'a network of the sandbox': { document: { networks: { inner: {} } } } },
    rejects: {
      'an external network': {
        document: { networks: { inner: {}, company: { external: true } } },
        at: ['/networks.company.external'],
      },
      'one in the old form': {
        document: { networks: { company: { external: { name: 'company' } } } },
        at: ['/networks.company.external'],
      },
    },
  },
  {
    rule: networkIpv6,
    accepts: { 'IPv4 only': { document: { networks: { inner: { enable_ipv6: false } } } } },
    rejects: {
      IPv6: {
        document: { networks: { inner: { enable_ipv6: true } } },
        at: ['/networks.inner.enable_ipv6'],
      },
    },
  },
  {
    rule: portPublished,
    accepts: {
      'no port': withService({ ports: [] }),
      'a port that is only exposed': withService({ expose: ['8080'] }),
    },
    rejects: {
      'ports in both syntaxes': rejected(
        { ports: ['8080:80', { target: 80, published: '80' }] },
        'ports.0',
        'ports.1',
      ),
      'a port as a number': rejected({ ports: [8080] }, 'ports.0'),
    },
  },
  {
    rule: hostReachable,
    accepts: {
      'no host names': withService({}),
      'a name for another address': withService({ extra_hosts: ['db:10.0.0.2'] }),
    },
    rejects: {
      'host-gateway': rejected({ extra_hosts: ['host:host-gateway'] }, 'extra_hosts.0'),
      'host-gateway with an equals sign': rejected(
        { extra_hosts: ['db=10.0.0.2', 'host=HOST-GATEWAY'] },
        'extra_hosts.1',
      ),
      'host.docker.internal': rejected(
        { extra_hosts: { 'host.docker.internal.': '172.17.0.1' } },
        'extra_hosts.host.docker.internal.',
      ),
      'the metadata service among several addresses': rejected(
        { extra_hosts: { meta: ['10.0.0.1', '169.254.169.254'] } },
        'extra_hosts.meta',
      ),
      'the host during the build': rejected(
        { build: { context: '.', extra_hosts: ['host:host-gateway'] } },
        'build.extra_hosts.0',
      ),
    },
  },
  {
    rule: extraHostsSet,
    accepts: { 'no host names': withService({ extra_hosts: [] }) },
    rejects: {
      'a name': rejected({ extra_hosts: ['api.example.com:10.0.0.9'] }, 'extra_hosts.0'),
    },
  },
  {
    rule: dnsConfigured,
    accepts: { 'no name server': withService({}) },
    rejects: {
      'name servers, search domains and options': rejected(
        { dns: ['1.1.1.1'], dns_search: 'example.com', dns_opt: ['ndots:1'] },
        'dns',
        'dns_search',
        'dns_opt',
      ),
    },
  },
  {
    rule: externalLinks,
    accepts: { 'no link': withService({}) },
    rejects: {
      'a container elsewhere': rejected({ external_links: ['db:db'] }, 'external_links'),
    },
  },
  {
    rule: engineRemoteAccess,
    accepts: {
      'no such variable': withService({}),
      'a local address, for which another rule looks at the mounts': withService({
        environment: { DOCKER_HOST: 'unix:///var/run/docker.sock' },
      }),
    },
    rejects: {
      'an address over the network': rejected(
        { environment: { DOCKER_HOST: 'tcp://10.0.0.1:2375' } },
        'environment.DOCKER_HOST',
      ),
      'an address that only the environment knows': rejected(
        { environment: { CONTAINER_HOST: EnvRef.required('ENGINE', 'an engine') } },
        'environment.CONTAINER_HOST',
      ),
      'a socket of another container, on a shared volume': rejected(
        { environment: ['DOCKER_HOST=unix:///sockets/a.sock'], volumes: ['sockets:/sockets'] },
        'environment.0',
      ),
      'whatever the host has, in the list form': rejected(
        { environment: ['A=b', 'DOCKER_HOST'] },
        'environment.1',
      ),
    },
  },
  {
    rule: modelAttached,
    accepts: { 'no model': withService({ models: [] }) },
    rejects: {
      'a model': rejected({ models: ['llm'] }, 'models'),
      'a model in the map form': rejected({ models: { llm: { endpoint_var: 'URL' } } }, 'models'),
    },
  },
];
