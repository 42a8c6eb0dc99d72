import * as fc from 'fast-check';
import type { DeployedContainer } from '../../lib/engine/deployment';
import { projectName } from '../../lib/engine/deployment';
import { waves } from '../../lib/engine/stop';

function container(service: string, ...needs: string[]): DeployedContainer {
  const label = needs.map((name) => `${name}:service_healthy:false`).join(',');
  return {
    service,
    Labels: label ? { 'com.docker.compose.depends_on': label } : {},
  } as unknown as DeployedContainer;
}

const names = (containers: readonly DeployedContainer[]) =>
  waves(containers).map((wave) => wave.map(({ service }) => service));

test('who needs another one is stopped before it', () => {
  expect(
    names([container('db'), container('agent', 'proxy', 'db'), container('proxy', 'db')]),
  ).toEqual([['agent'], ['proxy'], ['db']]);
});

test('who needs nobody is stopped at once, and nobody waits for who is not there', () => {
  expect(names([container('a'), container('b', 'gone')])).toEqual([['a', 'b']]);
  expect(names([])).toEqual([]);
});

test('a circle is stopped at once, and who needs only itself is none', () => {
  expect(names([container('a', 'b'), container('b', 'a')])).toEqual([['a', 'b']]);
  expect(names([container('a', 'a')])).toEqual([['a']]);
});

test('whatever needs whatever, everybody is stopped once', () => {
  const service = fc.constantFrom('a', 'b', 'c', 'd');
  fc.assert(
    fc.property(fc.dictionary(service, fc.uniqueArray(service)), (needs) => {
      const all = Object.entries(needs).map(([name, others]) => container(name, ...others));
      expect(names(all).flat().sort()).toEqual(Object.keys(needs).sort());
    }),
  );
});

test('every checkout has a project of its own, with a name that Compose allows', () => {
  expect(projectName('lab', '/a')).toBe(projectName('lab', '/a'));
  expect(projectName('lab', '/a')).not.toBe(projectName('lab', '/b'));
  expect(projectName('lab', '/a')).toMatch(/^lab-[0-9a-f]{6}$/);
});
