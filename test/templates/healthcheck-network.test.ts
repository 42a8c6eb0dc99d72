/** The checks of `healthcheck.py` that ask about the network. */
import { HealthcheckModule } from './python';

const python = new HealthcheckModule();
afterAll(() => python.stop());

const HEADINGS = 'Inter-| Receive | Transmit\n face |bytes |bytes\n';
const ROUTE_HEADING = 'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\n';
const DEFAULT_ROUTE = 'eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\t0\t0\t0\n';
const SUBNET_ROUTE = 'eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n';
const REJECT_ROUTE = '*\t00000000\t00000000\t0200\t0\t0\t0\t00000000\t0\t0\t0\n';
const ZERO = '0'.repeat(32);
const IPV6_LOOPBACK_ROUTES =
  `${ZERO} 00 ${ZERO} 00 ${ZERO} ffffffff 00000001 00000000 00200200       lo\n` +
  `${ZERO.slice(1)}1 80 ${ZERO} 00 ${ZERO} 00000000 00000002 00000000 80200001       lo\n`;
const IPV6_DEFAULT_ROUTE = `${ZERO} 00 ${ZERO} 00 fe80${'0'.repeat(27)}1 00000400 1 0 00450003 eth0\n`;
const LOOPBACK_TRIE = `Main:
  +-- 127.0.0.0/8 2 0 2
     +-- 127.0.0.0/31 1 0 0
        |-- 127.0.0.0
           /8 host LOCAL
        |-- 127.0.0.1
           /32 host LOCAL
     |-- 127.255.255.255
        /32 link BROADCAST
`;

describe('network-interfaces', () => {
  const judge = (network: string, names: string[], down: string[], addresses: string[]) =>
    python.judge('judge_interfaces(network, set(names), set(down), set(addresses))', {
      network,
      names,
      down,
      addresses,
    });

  it('is proven when only lo is up', async () => {
    expect(await judge('none', ['lo'], [], ['127.0.0.1', '::1'])).toEqual([
      'proven',
      'only lo is up, with loopback addresses',
    ]);
  });

  it('is broken by a second interface, even one that is down', async () => {
    expect(await judge('none', ['lo', 'eth0'], ['eth0'], [])).toEqual(['broken', 'interface eth0']);
  });

  it('is broken by an address on lo that is not a loopback address', async () => {
    expect(await judge('none', ['lo'], [], ['127.0.0.1', '10.0.0.1', 'fe80::1'])).toEqual([
      'broken',
      'address 10.0.0.1; address fe80::1',
    ]);
  });

  it("allows the kernel's own tunnel devices only while they are down", async () => {
    expect(await judge('none', ['lo', 'tunl0', 'sit0'], ['tunl0', 'sit0'], [])).toEqual([
      'proven',
      expect.anything(),
    ]);
    expect(await judge('none', ['lo', 'tunl0'], [], [])).toEqual(['broken', 'interface tunl0']);
  });

  it('is unproven when lo itself is missing or down', async () => {
    for (const [names, down] of [
      [['lo'], ['lo']],
      [[], []],
    ] as const) {
      expect(await judge('none', [...names], [...down], [])).toEqual([
        'unproven',
        'lo is not up: not the network that was asked for',
      ]);
    }
  });

  it('allows an interface on an internal network, but no IPv6 address', async () => {
    expect(await judge('internal', ['lo', 'eth0'], [], ['172.18.0.2', '::1'])).toEqual([
      'proven',
      '2 interfaces, no IPv6 address but ::1',
    ]);
    expect(await judge('internal', ['lo', 'eth0'], [], ['fe80::42'])).toEqual([
      'broken',
      'IPv6 address fe80::42',
    ]);
  });

  it('is unproven where /proc/net/dev cannot be read', async () => {
    expect(await python.check('network-interfaces', { network: 'none' }, {})).toEqual([
      'unproven',
      '/proc/net/dev: ENOENT',
    ]);
  });

  it('reads names and addresses as the kernel writes them', async () => {
    expect(
      await python.evaluate('parse_devices(text)', {
        text: `${HEADINGS}    lo: 0 0\n eth0: 1 2\n`,
      }),
    ).toEqual(['lo', 'eth0']);
    const text = `${ZERO.slice(1)}1 01 80 10 80       lo\nfe80${'0'.repeat(27)}2 02 40 20 80 eth0\n`;
    expect(await python.evaluate('parse_ipv6_addresses(text)', { text })).toEqual([
      '::1',
      'fe80::2',
    ]);
    expect(await python.evaluate('parse_fib(text)', { text: LOOPBACK_TRIE })).toEqual([
      ['127.0.0.0', 8, 'LOCAL'],
      ['127.0.0.1', 32, 'LOCAL'],
      ['127.255.255.255', 32, 'BROADCAST'],
    ]);
  });
});

describe('network-routes', () => {
  const check = (network: string, files: Record<string, string>) =>
    python.check(
      'network-routes',
      { network },
      {
        '/proc/net/route': ROUTE_HEADING,
        '/proc/net/ipv6_route': IPV6_LOOPBACK_ROUTES,
        '/proc/net/fib_trie': LOOPBACK_TRIE,
        ...files,
      },
    );

  it('is proven when nothing leads out of lo', async () => {
    expect(await check('none', {})).toEqual(['proven', 'no route leaves lo']);
  });

  it('is broken by a default route, in IPv4 and in IPv6', async () => {
    expect(
      await check('none', {
        '/proc/net/route': ROUTE_HEADING + DEFAULT_ROUTE + SUBNET_ROUTE,
        '/proc/net/ipv6_route': IPV6_LOOPBACK_ROUTES + IPV6_DEFAULT_ROUTE,
      }),
    ).toEqual(['broken', 'eth0: 0.0.0.0/0; eth0: 172.17.0.0/16; eth0: ::/0']);
  });

  it('is broken by a route that only another routing table has', async () => {
    const hidden = `${LOOPBACK_TRIE}Id 100:\n  |-- 0.0.0.0\n     /0 universe UNICAST\n`;
    expect(await check('none', { '/proc/net/fib_trie': hidden })).toEqual([
      'broken',
      'other table: 0.0.0.0/0',
    ]);
  });

  it('ignores routes that reject', async () => {
    expect(await check('none', { '/proc/net/route': ROUTE_HEADING + REJECT_ROUTE })).toEqual([
      'proven',
      expect.anything(),
    ]);
  });

  it('allows the subnet of an internal network, and no way beyond it', async () => {
    const subnet = ROUTE_HEADING + SUBNET_ROUTE;
    expect(await check('internal', { '/proc/net/route': subnet })).toEqual([
      'proven',
      'no default route',
    ]);
    expect(await check('internal', { '/proc/net/route': subnet + DEFAULT_ROUTE })).toEqual([
      'broken',
      'eth0: 0.0.0.0/0',
    ]);
  });

  it('sees a default route that is cut in two halves', async () => {
    const half = 'eth0\t00000080\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0\n';
    expect(await check('internal', { '/proc/net/route': ROUTE_HEADING + half })).toEqual([
      'broken',
      'eth0: 128.0.0.0/1',
    ]);
  });

  it('is unproven where the routes cannot be read', async () => {
    expect(await python.check('network-routes', { network: 'none' }, {})).toEqual([
      'unproven',
      '/proc/net/route: ENOENT',
    ]);
  });

  it('is unproven where a line makes no sense', async () => {
    const [verdict] = await check('none', { '/proc/net/route': `${ROUTE_HEADING}nonsense\n` });
    expect(verdict).toBe('unproven');
  });
});

describe('network-connect', () => {
  const judge = (attempts: Record<string, string>) =>
    python.judge(
      'judge_connect({what: getattr(errno, name, 0) for what, name in attempts.items()})',
      { attempts },
    );

  it('is proven when the kernel knows no way', async () => {
    expect(await judge({ tcp: 'ENETUNREACH', udp: 'EHOSTUNREACH', ipv6: 'EAFNOSUPPORT' })).toEqual([
      'proven',
      '3 ways tried: EAFNOSUPPORT, EHOSTUNREACH, ENETUNREACH',
    ]);
  });

  it('is broken by anything that was sent or answered', async () => {
    for (const code of ['success', 'EINPROGRESS', 'ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET']) {
      expect((await judge({ tcp: code, udp: 'ENETUNREACH' }))[0]).toBe('broken');
    }
  });

  it('is unproven when a filter refuses, since it may let something else pass', async () => {
    expect(await judge({ tcp: 'EPERM', udp: 'ENETUNREACH' })).toEqual(['unproven', 'tcp: EPERM']);
  });

  it('prefers broken to unproven', async () => {
    expect((await judge({ tcp: 'EPERM', udp: 'success' }))[0]).toBe('broken');
  });
});

describe('network-icmp', () => {
  const judge = (network: string, step: string, code: string) =>
    python.judge('judge_icmp(network, [(step, getattr(errno, code, 0))])', { network, step, code });

  it('is proven without a network when nothing can be sent', async () => {
    expect(await judge('none', 'send', 'ENETUNREACH')).toEqual(['proven', 'send: ENETUNREACH']);
    expect(await judge('none', 'socket', 'EACCES')).toEqual(['proven', 'socket: EACCES']);
  });

  it('is broken without a network when a ping goes out', async () => {
    expect(await judge('none', 'send', 'success')).toEqual(['broken', 'ICMP: sent']);
  });

  it('wants the socket itself refused on an internal network', async () => {
    expect((await judge('internal', 'socket', 'EACCES'))[0]).toBe('proven');
    expect((await judge('internal', 'send', 'ENETUNREACH'))[0]).toBe('broken');
  });

  it('is unproven on any other failure', async () => {
    expect(await judge('none', 'socket', 'EMFILE')).toEqual(['unproven', 'ICMP: EMFILE']);
    expect(await judge('none', 'send', 'ENOBUFS')).toEqual(['unproven', 'ICMP: ENOBUFS']);
  });
});

describe('network-resolve', () => {
  const judge = (network: string, answers: Record<string, string>, sockets: string[] = []) =>
    python.judge('judge_resolve(network, answers, sockets)', { network, answers, sockets });

  it('is proven when no server can be reached and nobody listens', async () => {
    expect(
      await judge('none', { '10.0.0.53': 'ENETUNREACH', '127.0.0.11': 'ECONNREFUSED' }),
    ).toEqual(['proven', '2 resolvers asked: ECONNREFUSED, ENETUNREACH']);
  });

  it('is broken by any reply without a network', async () => {
    expect(await judge('none', { '127.0.0.11': 'reply 2 (SERVFAIL)' })).toEqual([
      'broken',
      '127.0.0.11: reply 2 (SERVFAIL)',
    ]);
  });

  it("is broken when an internal network's resolver asks outside", async () => {
    expect((await judge('internal', { '127.0.0.11': 'reply 2 (SERVFAIL)' }))[0]).toBe('proven');
    expect((await judge('internal', { '127.0.0.11': 'reply 3 (NXDOMAIN)' }))[0]).toBe('broken');
  });

  it('is broken by a server elsewhere that refuses, and by a resolver socket', async () => {
    expect((await judge('none', { '10.0.0.53': 'ECONNREFUSED' }))[0]).toBe('broken');
    expect(await judge('none', {}, ['/run/nscd/socket'])).toEqual([
      'broken',
      'resolver socket /run/nscd/socket',
    ]);
  });

  it('is unproven when a server is silent or a filter refuses', async () => {
    expect(await judge('none', { '127.0.0.11': 'silent' })).toEqual([
      'unproven',
      '127.0.0.11: silent',
    ]);
    expect((await judge('none', { '10.0.0.53': 'EPERM' }))[0]).toBe('unproven');
  });

  it('asks the first three servers that are addresses, never a name', async () => {
    const text = [
      '# nameserver 9.9.9.9',
      'nameserver 10.0.0.1',
      'nameserver resolver.example',
      'nameserver fe80::1%eth0',
      'nameserver 10.0.0.4',
      'search example.com',
    ].join('\n');
    expect(await python.evaluate('parse_nameservers(text)', { text })).toEqual([
      '10.0.0.1',
      'fe80::1',
    ]);
  });

  it('sends a well-formed query', async () => {
    expect(await python.evaluate('dns_query("a.invalid").hex()')).toBe(
      '5cdc01000001000000000000' + '0161' + '07696e76616c6964' + '00' + '00010001',
    );
  });
});
