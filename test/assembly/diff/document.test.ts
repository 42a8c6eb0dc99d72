import { diffDocuments } from '../../../lib/assembly/diff/document';

describe('networks, volumes and other things that services share', () => {
  const rows: [object, object, [effect: string, summary: string][]][] = [
    [
      { networks: { n: { internal: true } } },
      { networks: { n: {} } },
      [['broadens', 'the network n leads outside now']],
    ],
    [
      { networks: { n: null } },
      { networks: { n: { internal: true } } },
      [['narrows', 'the network n leads nowhere outside now']],
    ],
    [{}, { networks: { n: {} } }, [['neutral', 'the network n is new']]],
    [{ networks: { n: {} } }, {}, [['neutral', 'the network n is gone']]],
    [
      {},
      { networks: { n: { driver: 'macvlan' } } },
      [
        ['neutral', 'the network n is new'],
        ['broadens', 'the network n has the driver macvlan now'],
      ],
    ],
    [
      { networks: { n: {} } },
      { networks: { n: { external: true } } },
      [['broadens', 'the network n is a network from outside now']],
    ],
    [
      { networks: { n: {} } },
      { networks: { n: { attachable: true } } },
      [['broadens', 'the network n can be joined by any container now']],
    ],
    [
      { networks: { n: {} } },
      { networks: { n: { enable_ipv6: true } } },
      [['broadens', 'the network n has IPv6 now']],
    ],
    [
      { volumes: { v: null } },
      { volumes: { v: { driver_opts: { o: 'bind', device: '/srv' } } } },
      [['broadens', 'the volume v is /srv of the host now']],
    ],
    [
      { volumes: { v: { driver_opts: { type: 'tmpfs', device: 'tmpfs', o: 'size=1m,uid=1' } } } },
      { volumes: { v: { driver_opts: { type: 'tmpfs', device: 'tmpfs', o: 'size=2m,uid=1' } } } },
      [['broadens', 'the volume v may use more memory: 2m (was 1m)']],
    ],
    [
      { volumes: { v: { driver_opts: { o: 'uid=1' } } } },
      { volumes: { v: { driver_opts: { o: 'uid=2' } } } },
      [['neutral', 'the volume v: driver_opts o is now uid=2 (was uid=1)']],
    ],
    [
      { secrets: { s: { file: 'a' } } },
      { secrets: { s: { file: 'b' } } },
      [['neutral', 'the secret s: secret file is now b (was a)']],
    ],
    [{}, { include: ['other.yml'] }, [['broadens', '["other.yml"] is included now']]],
    [{ 'x-a': 1 }, { 'x-a': 2 }, [['neutral', 'x-a is now 2 (was 1)']]],
  ];
  it.each(rows)('%j → %j', (before, after, expected) => {
    const verdicts = [...diffDocuments({ ...before }, { ...after })];
    expect(verdicts.map(({ effect, summary }) => [effect, summary])).toEqual(expected);
  });
});
