import * as fc from 'fast-check';
import { orderedKeys } from '../../lib/compose/key-order';
import { SCHEMA } from '../../lib/compose/schema';
import { anyText } from '../core/texts';

const SERVICE = ['services', 'agent'];

/** The keys in the order of the file. */
function order(keys: readonly string[], path: readonly string[]): string[] {
  return orderedKeys(Object.fromEntries(keys.map((key) => [key, 1])), path);
}

test('a service reads from what it is, over its walls, to how it is watched', () => {
  const keys = [
    'labels',
    'healthcheck',
    'cpus',
    'volumes',
    'cap_drop',
    'network_mode',
    'user',
    'build',
  ];
  expect(order(keys, SERVICE)).toEqual([...keys].reverse());
});

test('each part of a document that people write in an order has that order', () => {
  expect(order(['networks', 'services', 'name'], [])).toEqual(['name', 'services', 'networks']);
  expect(order(['args', 'dockerfile', 'context'], [...SERVICE, 'build'])).toEqual([
    'context',
    'dockerfile',
    'args',
  ]);
  expect(
    order(['bind', 'read_only', 'target', 'source', 'type'], [...SERVICE, 'volumes', '*']),
  ).toEqual(['type', 'source', 'target', 'read_only', 'bind']);
  expect(order(['retries', 'interval', 'test'], [...SERVICE, 'healthcheck'])[0]).toBe('test');
  expect(order(['options', 'driver'], [...SERVICE, 'logging'])).toEqual(['driver', 'options']);
});

test('users’ own keys are sorted, also where they are called like one of Compose’s', () => {
  const own = ['b', 'a', 'user', 'build'];
  for (const path of [
    ['services'],
    [...SERVICE, 'labels'],
    [...SERVICE, 'environment'],
    ['networks'],
  ]) {
    expect(order(own, path)).toEqual(['a', 'b', 'build', 'user']);
  }
});

test('known keys come first, in one order, and all others sorted after them', () => {
  expect(order(['zzz', 'image', 'aaa', 'labels'], SERVICE)).toEqual([
    'image',
    'labels',
    'aaa',
    'zzz',
  ]);
});

test('the order names no key that the specification does not have', () => {
  const known = SCHEMA.Service.object!.properties!.map(([key]) => key);
  const mixed = order([...known, 'zzz'], SERVICE);
  expect(mixed.at(-1)).toBe('zzz');
  expect([...mixed].sort()).toEqual([...known, 'zzz'].sort());
});

test('the order is the same however the keys were put in', () => {
  const key = fc.oneof(
    anyText,
    fc.constantFrom('image', 'user', 'labels', '__proto__', 'constructor', '1'),
  );
  fc.assert(
    fc.property(
      fc.uniqueArray(key),
      fc.constantFrom([], SERVICE, [...SERVICE, 'labels']),
      (keys, path) => {
        const sorted = order(keys, path);
        expect(order([...keys].reverse(), path)).toEqual(sorted);
        expect([...sorted].sort()).toEqual([...keys].sort());
      },
    ),
  );
});
