/** Overrides on a rendered element. */
import * as fc from 'fast-check';
import { applyOverride, parsePath } from '../../lib/compose/override';
import { EnvRef } from '../../lib/core/env-ref';

/** The element afterwards, and what was wrong. */
function overridden(element: Record<string, unknown>, path: string, value: unknown) {
  const problem = applyOverride(element, 'Service', { path: parsePath(path), value });
  return { element, problem: problem && `${problem.path.join('.')} ${problem.message}` };
}

describe('parsePath', () => {
  test('splits at dots, and takes a list as it is', () => {
    expect(parsePath('deploy.resources.limits')).toEqual(['deploy', 'resources', 'limits']);
    expect(parsePath(['labels', 'com.example.x'])).toEqual(['labels', 'com.example.x']);
    expect(parsePath(['volumes', 0])).toEqual(['volumes', '0']);
  });

  test.each(['', '.', 'a.', '.a', 'a..b'])('refuses %j, which has an empty segment', (path) => {
    expect(() => parsePath(path)).toThrow(RangeError);
  });

  test('refuses an empty list', () => {
    expect(() => parsePath([])).toThrow('received the path []');
  });

  test.each(['__proto__', 'constructor', 'prototype'])(
    'refuses %s anywhere in the path',
    (name) => {
      expect(() => parsePath(`labels.${name}.x`)).toThrow(`${name} is no key`);
      expect(() => parsePath([name])).toThrow(RangeError);
    },
  );
});

describe('an override', () => {
  test('sets a key, and makes the objects and lists on the way', () => {
    expect(overridden({}, 'deploy.resources.limits.cpus', 2).element).toEqual({
      deploy: { resources: { limits: { cpus: 2 } } },
    });
    expect(overridden({}, 'volumes.0.read_only', true).element).toEqual({
      volumes: [{ read_only: true }],
    });
    expect(overridden({}, 'environment.0', 'a').element).toEqual({ environment: { 0: 'a' } });
    expect(overridden({}, 'x-team.0', 'a').element).toEqual({ 'x-team': { 0: 'a' } });
    expect(overridden({ networks: { a: null } }, 'networks.a.aliases', ['b']).element).toEqual({
      networks: { a: { aliases: ['b'] } },
    });
  });

  test('replaces an item of a list, or appends one', () => {
    expect(overridden({ cap_add: ['A', 'B'] }, 'cap_add.1', 'C').element).toEqual({
      cap_add: ['A', 'C'],
    });
    expect(overridden({ cap_add: ['A'] }, 'cap_add.1', 'B').element).toEqual({
      cap_add: ['A', 'B'],
    });
  });

  test('with undefined deletes a key or an item, and makes nothing', () => {
    expect(overridden({ user: 'a', init: true }, 'user', undefined).element).toEqual({
      init: true,
    });
    expect(overridden({ cap_add: ['A', 'B'] }, 'cap_add.0', undefined).element).toEqual({
      cap_add: ['B'],
    });
    for (const path of ['build.target', 'user', 'volumes.3', 'volumes.3.source']) {
      expect(overridden({ volumes: [] }, path, undefined)).toEqual({
        element: { volumes: [] },
        problem: undefined,
      });
    }
  });

  test('does not silently replace a value by an object', () => {
    expect(overridden({ build: './app' }, 'build.target', 'dev')).toEqual({
      element: { build: './app' },
      problem: 'build has nothing inside that could be overridden',
    });
    const ref = EnvRef.optional('A', 'b');
    expect(overridden({ image: ref }, 'image.name', 'c').element).toEqual({ image: ref });
    expect(`${ref}`).toBe('${A:-b}');
  });

  test('says so when an index is none, or leaves a gap', () => {
    const list = () => ({ cap_add: ['A'] });
    expect(overridden(list(), 'cap_add.2', 'B').problem).toBe(
      'cap_add.2 is beyond the end of the list; the next index is 1',
    );
    for (const segment of ['first', '-1', '01', '1e3', '0.5', 'length']) {
      const { element, problem } = {
        ...overridden(list(), 'user', 'a'),
        problem: applyOverride(list(), 'Service', { path: ['cap_add', segment], value: 'B' }),
      };
      expect(problem?.message).toBe('is no index of a list');
      expect(element.cap_add).toEqual(['A']);
    }
  });

  test('gets a copy of its value each time', () => {
    const value = { a: { b: 1 } };
    const { element } = overridden({}, 'labels', value);
    overridden(element, 'labels.a.b', 2);
    expect(value).toEqual({ a: { b: 1 } });
  });

  test('never reaches beyond the element, whatever the path', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    fc.assert(
      fc.property(
        fc.array(segment, { minLength: 1, maxLength: 4 }),
        fc.anything(),
        (path, value) => {
          const element = { command: ['a'], labels: { a: 'b' } };
          try {
            applyOverride(element, 'Service', { path: parsePath(path), value });
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
          expect(Object.getPrototypeOf(element)).toBe(Object.prototype);
          expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
        },
      ),
    );
  });
});

const segment = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'valueOf', 'labels', 'command', '0', '1'),
  fc.string(),
);
