/** From props to the Compose spelling. */
import * as fc from 'fast-check';
import { copyPlain, toCompose } from '../../lib/compose/rename';
import { SCHEMA, type PropertyRule, type TypeName } from '../../lib/compose/schema';
import { EnvRef } from '../../lib/core/env-ref';

/** The value, when there is nothing to complain about. */
function rendered(type: TypeName, props: unknown): unknown {
  const { value, problems } = toCompose(type, props);
  expect(problems).toEqual([]);
  return value;
}

function problemsOf(type: TypeName, props: unknown): string[] {
  return toCompose(type, props).problems.map(
    ({ path, message, received }) => `${path.join('.')} ${message}, received ${received}`,
  );
}

const typed = Object.entries(SCHEMA).flatMap(([name, { object }]) =>
  (object?.properties ?? []).map((property) => [name as TypeName, property] as const),
);

describe('toCompose', () => {
  test.each(typed)('%s: %j comes back under its Compose key', (type, property: PropertyRule) => {
    const [key, prop] = property;
    expect(rendered(type, { [prop]: null })).toEqual({ [key]: null });
  });

  test('renames the keys of the specification at every depth', () => {
    const props = {
      readOnly: true,
      build: { cacheFrom: ['a'], extraHosts: { someHost: '10.0.0.1' } },
      deploy: { resources: { reservations: { genericResources: [{ discreteResourceSpec: {} }] } } },
      volumes: ['a:/a', { type: 'bind', readOnly: true, bind: { createHostPath: false } }],
      healthcheck: { startPeriod: '5s', test: ['CMD', 'true'] },
    };
    expect(rendered('Service', props)).toEqual({
      read_only: true,
      build: { cache_from: ['a'], extra_hosts: { someHost: '10.0.0.1' } },
      deploy: {
        resources: { reservations: { generic_resources: [{ discrete_resource_spec: {} }] } },
      },
      volumes: ['a:/a', { type: 'bind', read_only: true, bind: { create_host_path: false } }],
      healthcheck: { start_period: '5s', test: ['CMD', 'true'] },
    });
  });

  test('picks the alternative by the shape of the value', () => {
    expect(rendered('Service', { build: './app' })).toEqual({ build: './app' });
    expect(rendered('Service', { dependsOn: ['relay'] })).toEqual({ depends_on: ['relay'] });
    expect(
      rendered('Service', { dependsOn: { relayOne: { condition: 'service_healthy' } } }),
    ).toEqual({ depends_on: { relayOne: { condition: 'service_healthy' } } });
    expect(rendered('Service', { ports: [80, '81', { hostIp: '127.0.0.1' }] })).toEqual({
      ports: [80, '81', { host_ip: '127.0.0.1' }],
    });
    expect(rendered('Service', { networks: { backEnd: { ipv4Address: '10.0.0.2' } } })).toEqual({
      networks: { backEnd: { ipv4_address: '10.0.0.2' } },
    });
  });

  const userMaps = [
    ['Service', 'environment', 'environment'],
    ['Service', 'labels', 'labels'],
    ['Service', 'annotations', 'annotations'],
    ['Service', 'sysctls', 'sysctls'],
    ['Service', 'extraHosts', 'extra_hosts'],
    ['Service', 'storageOpt', 'storage_opt'],
    ['Service', 'ulimits', 'ulimits'],
    ['Service', 'networks', 'networks'],
    ['Service', 'dependsOn', 'depends_on'],
    ['Service', 'models', 'models'],
    ['Build', 'args', 'args'],
    ['Build', 'labels', 'labels'],
    ['Build', 'additionalContexts', 'additional_contexts'],
    ['Logging', 'options', 'options'],
    ['Provider', 'options', 'options'],
    ['Network', 'driverOpts', 'driver_opts'],
    ['Volume', 'driverOpts', 'driver_opts'],
    ['Secret', 'driverOpts', 'driver_opts'],
    ['ServiceNetwork', 'driverOpts', 'driver_opts'],
    ['Ipam', 'options', 'options'],
    ['IpamPool', 'auxAddresses', 'aux_addresses'],
    ['DeviceReservation', 'options', 'options'],
  ] as const;

  test.each(userMaps)('%s.%s: a user’s own keys stay as they are', (type, prop, key) => {
    fc.assert(
      fc.property(fc.dictionary(ownKey, fc.constant(null)), (map) => {
        expect(rendered(type, { [prop]: map })).toEqual({ [key]: map });
      }),
    );
  });

  test('keeps x- keys and everything in them', () => {
    const extension = { someKey: [{ read_only: 1, readOnly: 2 }] };
    const props = { 'x-acmeTeam': extension, build: { 'x-a': extension } };
    expect(rendered('Service', props)).toEqual(props);
    expect(rendered('Service', { gpus: [{ 'x-a': 1 }] })).toEqual({ gpus: [{ 'x-a': 1 }] });
    expect(problemsOf('Extends', { service: 'a', 'x-a': 1 })).toEqual([
      'x-a is not a known key, received "x-a"',
    ]);
  });

  test('leaves out undefined, and keeps null and the order of keys', () => {
    const value = rendered('Service', { user: 'a', init: undefined, pid: null, command: null });
    expect(Object.entries(value as object)).toEqual([
      ['user', 'a'],
      ['pid', null],
      ['command', null],
    ]);
  });

  test('passes an EnvRef through untouched, wherever it stands', () => {
    const ref = EnvRef.optional('TAG', 'latest');
    const value = rendered('Service', { image: ref, command: [ref], build: ref, readOnly: ref });
    expect(value).toEqual({ image: ref, command: [ref], build: ref, read_only: ref });
    expect((value as { image: unknown }).image).toBe(ref);
  });

  test('suggests the prop that was meant, also for the Compose spelling', () => {
    expect(
      problemsOf('Service', { imagee: 'a', read_only: true, build: { dockerFile: 'a' } }),
    ).toEqual([
      'imagee is not a known key; did you mean "image"?, received "imagee"',
      'read_only is not a known key; did you mean "readOnly"?, received "read_only"',
      'build.dockerFile is not a known key; did you mean "dockerfile"?, received "dockerFile"',
    ]);
    expect(toCompose('Service', { imagee: 'a', user: 'b' }).value).toEqual({ user: 'b' });
  });

  test('suggests also where the specification leaves the object open', () => {
    expect(problemsOf('Service', { gpus: [{ device_ids: ['0'] }] })).toEqual([
      'gpus.0.device_ids is not a known key; did you mean "deviceIds"?, received "device_ids"',
    ]);
  });

  test('is not fooled by keys that every object inherits', () => {
    const hostile = JSON.parse('{"__proto__": "a", "constructor": "b", "toString": "c"}') as object;
    const { environment } = rendered('Service', { environment: hostile }) as {
      environment: object;
    };
    expect(Object.entries(environment)).toEqual(Object.entries(hostile));
    expect(Object.getPrototypeOf(environment)).toBe(Object.prototype);
    expect(toCompose('Service', hostile).problems.map(({ path }) => path)).toEqual([
      ['__proto__'],
      ['constructor'],
      ['toString'],
    ]);
    expect(toCompose('Service', hostile).value).toEqual({});
  });

  test('reports what no document can carry, and renders the rest', () => {
    class Custom {}
    const props = {
      image: () => 'a',
      user: Symbol('a'),
      cpus: NaN,
      memLimit: Infinity,
      pidsLimit: 10n,
      hostname: new Custom(),
      labels: { since: new Date(0), map: new Map(), ok: 'yes' },
      command: ['a', undefined, 'b'],
      'x-a': { inner: [() => 1] },
    };
    expect(problemsOf('Service', props)).toEqual([
      'image must be a string, received a function',
      'user must be a string, received a symbol',
      'cpus must be a number or a string, received NaN',
      'memLimit must be a number or a string, received Infinity',
      'pidsLimit must be a number or a string, received 10n',
      'hostname must be a string, received an instance of Custom',
      'labels.since must be true, false, a number, a string or null, received an instance of Date',
      'labels.map must be true, false, a number, a string or null, received an instance of Map',
      'command.1 must be a string, received undefined',
      'x-a.inner.0 must be plain data, received a function',
    ]);
    expect(toCompose('Service', props).value).toEqual({
      labels: { ok: 'yes' },
      command: ['a', 'b'],
      'x-a': { inner: [] },
    });
  });

  test('reports a cycle where it closes, wherever it is', () => {
    const cycle: Record<string, unknown> = { name: 'a' };
    cycle['x-self'] = cycle;
    cycle.labels = cycle;
    cycle.build = { args: [cycle] };
    cycle.storageOpt = { a: { b: cycle } };
    const { problems } = toCompose('Service', cycle);
    const closed = problems.filter(({ received }) => received === 'a reference to itself');
    expect(closed.map(({ path }) => path.join('.'))).toContain('x-self.x-self');
    expect(closed.length).toBeGreaterThanOrEqual(4);
  });

  test('accepts one object in two places, and stops at data without end', () => {
    const shared = { a: 1 };
    expect(rendered('Any', [shared, shared])).toEqual([shared, shared]);
    let deep: unknown = 'end';
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(copyPlain(deep).problems.map(({ received }) => received)).toEqual([
      'more than 100 levels',
    ]);
  });

  test('does not validate, and passes a value of the wrong kind on as it is', () => {
    const props = { image: { some_key: 1 }, capAdd: { someKey: 2 }, build: [3] };
    expect(rendered('Service', props)).toEqual({
      image: { some_key: 1 },
      cap_add: { someKey: 2 },
      build: [3],
    });
  });

  test('never throws, gives JSON when it does not complain, and never changes its input', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
    });
    const props = typed.filter(([type]) => type === 'Service').map(([, [, prop]]) => prop);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...props), anything), (input) => {
        const before = fc.stringify(input);
        const { value, problems } = toCompose('Service', input);
        expect(fc.stringify(input)).toBe(before);
        if (problems.length === 0) expect(isJson(value)).toBe(true);
      }),
    );
  });
});

/** camelCase, snake_case, inherited and arbitrary keys. */
const ownKey = fc.oneof(
  fc.constantFrom('SOME_camelCase_key', 'readOnly', 'read_only', 'constructor', 'toString', 'x-a'),
  fc.string({ unit: 'binary', minLength: 1 }),
);

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return typeof value === 'object' && Object.values(value).every(isJson);
}
