/** The rows N of docs/THREATS.md: no way out, however it is tried. */
import type { ContainerInspect } from '../api';
import type { DescribedSandbox, DescribedService } from '../described';
import type { ServiceEvidence } from '../evidence/service';
import { all, either, judgeFact, proven, type Judgement } from '../verdict';
import { health, isAirGapped, none } from './parts';
import type { Probe } from './probe';

const REATTACH =
  'sandbox-cdk restart makes the container anew as it is described; find out who changed its network';

export const noWayOut: Probe = {
  id: 'N1',
  title: 'no way out of the network',
  why: 'what an agent reads it could send anywhere',
  fix: REATTACH,
  judge: ({ service }) =>
    either(
      networkFromOutside(service),
      health(service, 'network-interfaces', 'network-routes', 'network-connect'),
    ),
};

function networkFromOutside(service: ServiceEvidence): Judgement {
  return judgeFact(service.network, ({ interfaces, routes, addresses }) => {
    const ways = isAirGapped(service)
      ? [...routes, ...addresses.map((address) => `address ${address}`)]
      : routes.filter((route) => / (?:0\.0\.0\.0|0000:.*:0000)\/0$/.test(route));
    const others = isAirGapped(service) ? interfaces.filter((name) => !isHarmless(name)) : [];
    return none(
      [...others.map((name) => `interface ${name}`), ...ways.map((way) => `way ${way}`)],
      isAirGapped(service) ? 'only lo, no route' : 'no default route',
    );
  });
}

/** Loopback, and what the kernel puts into every new namespace once a tunnel module is loaded. */
function isHarmless(name: string): boolean {
  return /^(?:lo|tunl0|gre0|gretap0|erspan0|ip_vti0|sit0|ip6tnl0|ip6gre0|ip6_vti0)$/.test(name);
}

export const noNames: Probe = {
  id: 'N2',
  title: 'no name is resolved',
  why: 'names that are looked up carry data to whoever answers for them',
  fix: REATTACH,
  judge: ({ service }) => all([noDnsSettings(service), health(service, 'network-resolve')]),
};

function noDnsSettings({ container }: ServiceEvidence): Judgement {
  const servers = container.HostConfig.Dns ?? [];
  return none(
    servers.map((server) => `resolver ${server}`),
    'no resolver is set',
  );
}

export const noIpv6NorIcmp: Probe = {
  id: 'N4',
  title: 'no IPv6, link-local or ICMP',
  why: 'neighbours are reached without any route',
  fix: REATTACH,
  judge: ({ service }) =>
    all([
      either(
        judgeFact(service.network, ({ addresses }) =>
          none(
            addresses.filter((address) => address.includes(':')),
            'no IPv6 address',
          ),
        ),
        health(service, 'network-interfaces'),
      ),
      health(service, 'network-icmp'),
    ]),
};

export const noHost: Probe = {
  id: 'N6',
  title: 'the host is not reached',
  why: 'databases and services on the host trust whoever comes from it',
  fix: REATTACH,
  judge: ({ service, engine }) => {
    const names = service.container.HostConfig.ExtraHosts ?? [];
    const settings = none(
      names.map((name) => `name ${name}`),
      'no name of the host',
    );
    const routes = judgeFact(service.network, ({ routes: found }) =>
      none(
        isAirGapped(service) ? found : found.filter((route) => leadsTo(route, engine.gateways)),
        `no route to ${engine.gateways.join(', ') || 'a gateway'}`,
      ),
    );
    return all([settings, either(routes, health(service, 'network-connect'))]);
  },
};

/** Judged by the network of the route alone, which is wider than the address. */
function leadsTo(route: string, gateways: readonly string[]): boolean {
  const network = route.split(' ')[1] ?? '';
  return gateways.some((gateway) => covers(network, gateway));
}

export function covers(network: string, address: string): boolean {
  const [base, length] = network.split('/');
  if (base === undefined || base.includes(':') || address.includes(':')) return false;
  const bits = Number(length);
  const number = (text: string) =>
    text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - bits);
  return Math.floor(number(base) / size) === Math.floor(number(address) / size);
}

export const noPeer: Probe = {
  id: 'N12',
  title: 'no agent reaches another',
  why: 'an agent that was talked into something could talk another one into it',
  fix: 'give every service its own output folder and namespaces: change the program, then synth and restart',
  judge: ({ service, peers }) =>
    all([noSharedMount(service, peers), noSharedNamespace(service, peers)]),
};

function noSharedMount(service: ServiceEvidence, peers: readonly ServiceEvidence[]): Judgement {
  const own = writableSources(service);
  const shared = peers.flatMap((peer) =>
    writableSources(peer)
      .filter((source) => own.some((each) => isWithin(each, source) || isWithin(source, each)))
      .map((source) => `${source} with ${peer.service}`),
  );
  return none(shared, 'no writable place is shared');
}

function isWithin(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`);
}

function writableSources({ container }: ServiceEvidence): string[] {
  return container.Mounts.filter(({ RW, Type }) => RW && Type !== 'tmpfs').map(
    ({ Source, Name }) => Name ?? Source,
  );
}

function noSharedNamespace(service: ServiceEvidence, peers: readonly ServiceEvidence[]): Judgement {
  const { HostConfig } = service.container;
  const joined = [HostConfig.NetworkMode, HostConfig.IpcMode, HostConfig.PidMode].filter((mode) =>
    /^(?:container|service):/.test(mode),
  );
  const settings = none(joined, 'no namespace is joined');
  const seen = judgeFact(service.processes, (processes) => {
    const own = namespacesOf(processes);
    const shared = peers.flatMap((peer) =>
      'seen' in peer.processes
        ? namespacesOf(peer.processes.seen)
            .filter((namespace) => own.includes(namespace))
            .map((namespace) => `${namespace} with ${peer.service}`)
        : [],
    );
    return none(shared, 'namespaces of its own');
  });
  return either(settings, seen);
}

/** Not of the user: without remapping all containers share the host's. */
function namespacesOf(
  processes: readonly { readonly namespaces: Readonly<Record<string, string>> }[],
) {
  return [
    ...new Set(
      processes.flatMap(({ namespaces }) =>
        Object.entries(namespaces).flatMap(([name, id]) => (name === 'user' ? [] : [id])),
      ),
    ),
  ];
}

export const noLaterNetwork: Probe = {
  id: 'N13',
  title: 'no network was attached later',
  why: 'one command on the host opens the air gap',
  fix: 'docker network disconnect takes it away, sandbox-cdk restart makes the container anew; find out who attached it',
  judge: ({ service, described }) => {
    const attached = Object.keys(service.container.NetworkSettings.Networks ?? {});
    const expected = expectedNetworks(service.described, described.networks ?? {});
    const added = addedNetworks(service.container, service.described, described.networks);
    const settings = none(
      added.map((name) => `network ${name}`),
      attached.join(', ') || 'none',
    );
    const interfaces = judgeFact(service.network, ({ interfaces: found }) => {
      const others = found.filter((name) => !isHarmless(name));
      const most = isAirGapped(service) ? 0 : expected.length;
      return others.length > most
        ? none(
            others.map((name) => `interface ${name}`),
            '',
          )
        : proven(`${others.length} interfaces beyond lo`);
    });
    return all([settings, either(interfaces, health(service, 'network-interfaces'))]);
  },
};

/** The names of the networks that a service is described to be on, as the engine knows them. */
export function expectedNetworks(
  service: DescribedService,
  networks: Readonly<Record<string, { readonly name?: string } | null>>,
): readonly string[] {
  if (service.network_mode !== undefined) return [service.network_mode];
  return Object.keys(service.networks ?? {}).map((name) => networks[name]?.name ?? name);
}

/** The networks that a container is on and is not described to be on. */
export function addedNetworks(
  { NetworkSettings }: ContainerInspect,
  service: DescribedService,
  networks: DescribedSandbox['networks'] = {},
): readonly string[] {
  const expected = expectedNetworks(service, networks);
  return Object.keys(NetworkSettings.Networks ?? {}).filter((name) => !expected.includes(name));
}
