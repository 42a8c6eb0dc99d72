/** What validation says; that its verdict is right is the agreement test's matter. */
import * as fc from 'fast-check';
import type { TypeName } from '../../lib/compose/schema';
import { SCHEMA } from '../../lib/compose/schema';
import { validateDocument, validateElement } from '../../lib/compose/validate';
import { EnvRef } from '../../lib/core/env-ref';

const ref = EnvRef.required('VALUE', 'some value');

function told(type: TypeName, value: unknown): string[] {
  return validateElement(type, value).map(
    ({ path, message, received }) => `${path.join('.')} ${message}, received ${received}`,
  );
}

describe('validateDocument', () => {
  test('accepts a document with something of everything', () => {
    const document = {
      name: 'payments',
      services: { agent: { image: 'debian', networks: { back: null }, cap_drop: ['ALL'] } },
      networks: { back: null, front: { internal: true } },
      volumes: { cache: {} },
      secrets: { key: { environment: 'KEY' } },
      configs: { log: { content: 'a' } },
      models: { small: { model: 'ai/smollm2' } },
      'x-team': { anyKey: [1] },
    };
    expect(validateDocument(document)).toEqual([]);
  });

  test('reports every problem at once, each with its path in the document', () => {
    const document = {
      name: 1,
      services: {
        agent: { read_only: 2, volumes: ['a:/a', { source: 'a' }], healthcheck: { retires: 3 } },
        'bad name': {},
      },
      serivces: {},
    };
    expect(validateDocument(document).map(({ path }) => path)).toEqual([
      ['name'],
      ['services', 'agent', 'read_only'],
      ['services', 'agent', 'volumes', 1],
      ['services', 'agent', 'healthcheck', 'retires'],
      ['services', 'bad name'],
      ['serivces'],
    ]);
  });

  test('says what was received and what is allowed', () => {
    expect(validateElement('Service', { cpu_percent: 101 })).toEqual([
      {
        path: ['cpu_percent'],
        message: 'must be a whole number from 0 to 100 or a string',
        received: '101',
        allowed: 'a whole number from 0 to 100 or a string',
      },
    ]);
  });

  test('refuses what is no document', () => {
    for (const value of [undefined, null, 'a', 1, [], ref]) {
      expect(validateDocument(value)).toHaveLength(1);
    }
  });
});

describe('a problem', () => {
  test('is about the alternative that was meant', () => {
    expect(told('Service', { build: { context: 1 } })).toEqual([
      'build.context must be a string, received 1',
    ]);
    expect(told('Service', { depends_on: { relay: { condition: 'healthy' } } })).toEqual([
      'depends_on.relay.condition must be "service_started", "service_healthy" or ' +
        '"service_completed_successfully", received "healthy"',
    ]);
    expect(told('Service', { ports: [{ target: 1.5 }] })).toEqual([
      'ports.0.target must be a whole number or a string, received 1.5',
    ]);
  });

  test('names the alternatives when none was meant', () => {
    expect(told('Service', { command: true })).toEqual([
      'command must be a string, a list of strings or null, received true',
    ]);
    expect(told('Service', { depends_on: 'relay' })).toEqual([
      'depends_on must be a list of strings or a map, received "relay"',
    ]);
  });

  test('suggests the key or value that was meant', () => {
    expect(told('Service', { readOnly: true, net_work_mode: 'none' })).toEqual([
      'readOnly is not a known key; did you mean "read_only"?, received "readOnly"',
      'net_work_mode is not a known key; did you mean "network_mode"?, received "net_work_mode"',
    ]);
    expect(told('VolumeMount', { type: 'volum' })).toEqual([
      'type must be "bind", "volume", "tmpfs", "cluster", "npipe" or "image"; did you mean ' +
        '"volume"?, received "volum"',
    ]);
  });

  test('lists the keys of a small object and counts those of a large one', () => {
    expect(validateElement('Logging', { level: 1 })[0]!.allowed).toBe('driver, options');
    expect(validateElement('Service', { nothing_like_it: 1 })[0]!.allowed).toMatch(
      /^one of \d+ keys$/,
    );
  });

  test('names the key that is missing, also where it is only inherited', () => {
    const inherits = Object.create({ model: 'a' }) as object;
    for (const value of [{}, { model: undefined }, inherits]) {
      expect(told('Model', value)).toEqual([' must have "model", received no "model"']);
    }
  });

  test('says which characters a name may have', () => {
    expect(told('Document', { volumes: { 'my cache': {} } })).toEqual([
      'volumes.my cache is no name for an entry here; allowed are letters, digits, ".", "_" and ' +
        '"-", received "my cache"',
    ]);
  });

  test('points at the second of two equal items, and at the first', () => {
    const volumes = ['a:/a', { type: 'bind', source: 'b' }, 'a:/a', { source: 'b', type: 'bind' }];
    expect(told('Service', { volumes })).toEqual([
      'volumes.2 repeats item 0; every item must be different, received "a:/a"',
      'volumes.3 repeats item 1; every item must be different, received an object',
    ]);
    expect(told('Service', { expose: [80, '80'] })).toEqual([]);
  });

  test('shortens a long value', () => {
    const [problem] = validateElement('Boolean', 'x'.repeat(10_000));
    expect(problem!.received.length).toBeLessThan(70);
  });
});

describe('an EnvRef', () => {
  const scalars = Object.entries(SCHEMA).filter(
    ([, { string, number, boolean }]) => string ?? number ?? boolean,
  );

  test.each(scalars.map(([name]) => name as TypeName))('is accepted as a %s', (type) => {
    expect(validateElement(type, ref)).toEqual([]);
  });

  const others = Object.entries(SCHEMA).filter(
    ([, { any, string, number, boolean }]) => !(any ?? string ?? number ?? boolean),
  );

  test.each(others.map(([name]) => name as TypeName))('is refused as a %s', (type) => {
    expect(validateElement(type, ref)).toMatchObject([{ path: [], received: `${ref}` }]);
  });

  test('is no key, and equal to the same reference but not to its text', () => {
    const same = EnvRef.required('VALUE', 'some value');
    const other = EnvRef.required('OTHER', 'some value');
    expect(validateElement('SetOfString', [ref, other, `${ref}`])).toEqual([]);
    expect(validateElement('SetOfString', [ref, same])).toMatchObject([{ path: [1] }]);
    const many = Array.from({ length: 20 }, (_, index) => `item ${index}`);
    expect(validateElement('SetOfString', [...many, ref, `${ref}`])).toEqual([]);
    expect(validateElement('SetOfString', [...many, ref, same])).toMatchObject([{ path: [21] }]);
  });
});

describe('any value', () => {
  test('gets a verdict and never an exception', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
    });
    const type = fc.constantFrom(...(Object.keys(SCHEMA) as TypeName[]));
    fc.assert(
      fc.property(type, anything, (name, value) => {
        for (const problem of validateElement(name, value)) {
          expect(problem.message).not.toBe('');
          expect(problem.received).not.toBe('');
          expect(problem.allowed).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('of the user is found under keys that every object inherits', () => {
    const environment = JSON.parse('{"__proto__": {}, "constructor": [], "ok": 1}') as object;
    expect(validateElement('Service', { environment }).map(({ path }) => path)).toEqual([
      ['environment', '__proto__'],
      ['environment', 'constructor'],
    ]);
  });
});
