/** The one list of what is mounted, and the syntaxes it is read from. */
import { EnvRef } from '../../lib/core/env-ref';
import { inventoryOf } from '../../lib/policy/inventory';
import { UNKNOWN, readingOf, readingsOf } from '../../lib/policy/interpolate';
import { parseShortVolume } from '../../lib/policy/volume-syntax';
import { FOLDER, service, subject, type Json } from './default-sandbox';

function mountsOf(changes: Json, document: Json = {}) {
  const only = { volumes: undefined, tmpfs: undefined, ...changes };
  return inventoryOf(subject(service(only), { document })).services[0]!.mounts;
}

describe('the short syntax', () => {
  test.each([
    ['./a:/b', { source: './a', target: '/b', options: [''] }],
    ['./a:/b:ro,z', { source: './a', target: '/b', options: ['ro', 'z'] }],
    ['name:/b', { source: 'name', target: '/b', options: [''] }],
    ['/b', { target: '/b', options: [] }],
    ['C:\\a:/b:ro', { source: 'C:\\a', target: '/b', options: ['ro'] }],
    ['c:/a/b:/b', { source: 'c:/a/b', target: '/b', options: [''] }],
    [UNKNOWN, { source: UNKNOWN, target: '', options: [''] }],
  ])('splits %j', (text, expected) => {
    expect(parseShortVolume(text)).toEqual(expected);
  });
});

describe('a mount', () => {
  test('in long and short syntax is the same mount', () => {
    const [long, short] = mountsOf({
      volumes: [
        { type: 'bind', source: '../../src', target: '/w/', read_only: true },
        '../../src:/w:ro',
      ],
    });
    for (const mount of [long, short]) {
      expect(mount).toMatchObject({
        type: 'bind',
        target: '/w',
        writable: false,
        createsSource: true,
        source: { shown: expect.stringContaining('../../src') as string, fromEnvironment: false },
      });
      expect(mount!.source!.resolved.at(-1)).toBe('/home/alice/work/shop/src');
    }
  });

  test('of a named or anonymous volume has no source', () => {
    expect(mountsOf({ volumes: ['cache:/c', '/d'] })).toMatchObject([
      { type: 'volume', volume: 'cache', target: '/c', writable: true },
      { type: 'volume', target: '/d' },
    ]);
  });

  test('of a named volume that binds is a bind, with the volume’s name', () => {
    const volumes = { data: { driver_opts: { type: 'none', o: 'bind', device: '/srv/data' } } };
    expect(mountsOf({ volumes: ['data:/d:ro'] }, { volumes })).toMatchObject([
      { type: 'bind', volume: 'data', writable: false, source: { shown: '"/srv/data"' } },
    ]);
  });

  test('of an unknown type is taken for a bind', () => {
    const volumes = [
      { source: '/srv', target: '/a' },
      { type: 'future', source: '/srv', target: '/b' },
      { type: EnvRef.optional('TYPE', 'tmpfs'), source: '/srv', target: '/c' },
      { type: 'volume', source: '/srv', target: '/d' },
    ];
    expect(mountsOf({ volumes }).map(({ type }) => type)).toEqual(['bind', 'bind', 'bind', 'bind']);
  });

  test('of an image, a tmpfs, a secret and a config is in the list too', () => {
    const mounts = mountsOf({
      volumes: [{ type: 'image', source: 'tools:1', target: '/tools' }],
      tmpfs: '/tmp:size=1m,nr_inodes=9,ro',
      secrets: ['key', { source: 'b', target: 'c' }],
      configs: ['app', { source: 'x', target: '/etc/x' }],
    });
    expect(mounts).toMatchObject([
      { type: 'image', image: 'tools:1', target: '/tools', writable: false },
      { type: 'tmpfs', target: '/tmp', writable: false, tmpfs: { size: '1m', inodes: '9' } },
      { type: 'grant', property: 'secrets.0', target: '/run/secrets/key' },
      { type: 'grant', property: 'secrets.1', target: '/run/secrets/c' },
      { type: 'grant', property: 'configs.0', target: '/app' },
      { type: 'grant', property: 'configs.1', target: '/etc/x' },
    ]);
  });

  test('whose target is not absolute has none that can be compared', () => {
    const [mount] = mountsOf({ volumes: [{ type: 'bind', source: './a', target: 'b' }] });
    expect(mount!.target).toBeUndefined();
  });

  test('with the last word of ro and rw is what that says', () => {
    const mounts = mountsOf({ volumes: ['./a:/a:ro,rw', './b:/b:rw,ro', './c:/c:RO'] });
    expect(mounts.map(({ writable }) => writable)).toEqual([true, false, false]);
  });

  test('in short syntax tells its propagation', () => {
    const [mount] = mountsOf({ volumes: ['./a:/a:ro,rshared'] });
    expect(mount!.propagation).toBe('rshared');
  });
});

describe('a reading of a variable', () => {
  test.each([
    [EnvRef.optional('DIR', './a'), './a'],
    [EnvRef.required('DIR', 'a folder'), UNKNOWN],
    [EnvRef.text`a$b/${EnvRef.optional('DIR', 'c')}`, 'a$b/c'],
    ['${DIR}', '${DIR}'],
    [12, '12'],
  ])('of %s is its default', (value, expected) => {
    expect(readingOf(value)).toBe(expected);
  });

  test('that most hosts have is also what it holds there', () => {
    expect(readingsOf(EnvRef.optional('HOME', '/x'))).toEqual(['~', '/x']);
    expect(readingsOf(EnvRef.required('KUBECONFIG', 'x'))).toEqual(['~/.kube/config', UNKNOWN]);
  });

  test.each([[undefined], [null], [[]], [{}]])('of %j is none', (value) => {
    expect(readingsOf(value)).toEqual([]);
    expect(readingOf(value)).toBeUndefined();
  });
});

test('host paths of all uses are in one list, each with its place', () => {
  const { references } = inventoryOf(
    subject(
      service({
        build: { context: '.', additional_contexts: ['x=./x', 'y=docker-image://y'] },
        env_file: ['a.env'],
        label_file: 'labels',
        devices: ['/dev/fuse:/dev/fuse:rwm'],
        volumes: ['./v:/v', 'named:/n'],
        credential_spec: { file: 'spec.json' },
        develop: { watch: [{ path: './w', action: 'sync' }] },
      }),
      {
        document: {
          volumes: { named: { driver_opts: { o: 'bind', device: './d' } }, plain: null },
          secrets: { s: { file: './s' }, e: { environment: 'E' } },
          configs: { c: { file: './c' } },
        },
      },
    ),
  );
  const listed = references.map(({ use, property, source }) => [use, property, source.resolved[0]]);
  expect(listed).toEqual([
    ['mounts', 'services.agent.volumes.0', `${FOLDER}/v`],
    ['builds from', 'services.agent.build.context', FOLDER],
    ['builds from', 'services.agent.build.additional_contexts.0', `${FOLDER}/x`],
    ['reads', 'services.agent.env_file.0', `${FOLDER}/a.env`],
    ['reads', 'services.agent.label_file', `${FOLDER}/labels`],
    ['reads', 'services.agent.credential_spec.file', `${FOLDER}/spec.json`],
    ['watches', 'services.agent.develop.watch.0.path', `${FOLDER}/w`],
    ['attaches', 'services.agent.devices.0', '/dev/fuse'],
    ['mounts', 'volumes.named.driver_opts', `${FOLDER}/d`],
    ['reads', 'secrets.s.file', `${FOLDER}/s`],
    ['reads', 'configs.c.file', `${FOLDER}/c`],
  ]);
});
