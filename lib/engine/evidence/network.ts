/** The network of a container as the host's /proc shows it: interfaces, routes and addresses. */
import { readText } from '../../core/files';
import type { Fact } from '../verdict';
import type { CollectContext } from './context';
import type { NetworkFacts } from './service';

export function collectNetwork({ hostPid }: CollectContext): Fact<NetworkFacts> {
  if ('unseen' in hostPid) return hostPid;
  const read = (name: string) => readText(`/proc/${hostPid.seen}/net/${name}`);
  const devices = read('dev');
  const routes = read('route');
  if (devices === undefined || routes === undefined) {
    return { unseen: `/proc/${hostPid.seen}/net cannot be read` };
  }
  return {
    seen: {
      interfaces: parseDevices(devices),
      routes: [...parseRoutes(routes), ...parseIpv6Routes(read('ipv6_route') ?? '')],
      addresses: [
        ...parseLocalAddresses(read('fib_trie') ?? ''),
        ...parseIpv6Addresses(read('if_inet6') ?? ''),
      ],
    },
  };
}

/** `  eth0: 1234 …` after two lines of headings. */
export function parseDevices(text: string): string[] {
  return text
    .split('\n')
    .slice(2)
    .flatMap((line) => /^\s*(\S+):/.exec(line)?.[1] ?? [])
    .sort();
}

/** Addresses and masks are hexadecimal, the last byte first. */
export function parseRoutes(text: string): string[] {
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.split(/\s+/))
    .filter(
      ([device, , , flags]) => device && device !== 'lo' && !(parseInt(flags ?? '', 16) & REJECT),
    )
    .map(([device, address, , , , , , mask]) => `${device} ${ipv4(address!)}/${prefix(mask!)}`);
}

const REJECT = 0x200;

export function parseIpv6Routes(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length >= 10 && fields[9] !== 'lo')
    .filter(([, , , , , , , , flags]) => !(parseInt(flags ?? '', 16) & REJECT))
    .map((fields) => `${fields[9]} ${ipv6(fields[0]!)}/${parseInt(fields[1]!, 16)}`);
}

/** The addresses that the kernel takes for its own; broadcasts and networks are none. */
export function parseLocalAddresses(text: string): string[] {
  const lines = text.split('\n');
  const found = new Set<string>();
  lines.forEach((line, index) => {
    const address = /\|-- (\d+\.\d+\.\d+\.\d+)/.exec(line)?.[1];
    if (address && /host LOCAL/.test(lines[index + 1] ?? '') && !address.startsWith('127.')) {
      found.add(address);
    }
  });
  return [...found].sort();
}

export function parseIpv6Addresses(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length >= 6 && fields[5] !== 'lo')
    .map(([address]) => ipv6(address!));
}

function ipv4(hex: string): string {
  return [6, 4, 2, 0].map((at) => parseInt(hex.slice(at, at + 2), 16)).join('.');
}

function prefix(mask: string): number {
  return parseInt(mask, 16).toString(2).replaceAll('0', '').length;
}

function ipv6(hex: string): string {
  return hex.replace(/.{4}(?=.)/g, '$&:');
}
