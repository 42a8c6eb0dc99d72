import { inventoryOf } from '../inventory';
import { nestedPaths } from '../nested-paths';
import type { PolicySubject, Rule, Violation } from '../rule';

interface Place {
  readonly path: string;
  readonly writable: boolean;
  readonly property: string;
  readonly shown: string;
}

/** What is read-only at one place is not writable at another. */
export const outputOverlapsSource: Rule = {
  id: 'output-overlaps-source',
  title: 'No writable mount contains a read-only one, or the sandbox’s own files',
  severity: 'error',
  acknowledgeable: true,
  why: 'Through the writable mount an agent changes the source that is read-only elsewhere, or the compose file that describes its own walls.',
  fix: 'let the output be a folder of its own, beside the source',
  threats: ['F1'],
  controls: ['read-only'],
  check: (subject) => {
    const places = placesOf(subject);
    if (!places.some(({ writable }) => writable)) return [];
    const found: Violation[] = [];
    for (const [outer, inner] of nestedPaths(places, ({ writable }) => writable)) {
      if (inner.writable) continue;
      const message = `the writable mount of ${outer.shown} contains ${inner.shown}, which is to be read-only`;
      found.push({ property: outer.property, message });
    }
    return found;
  },
};

function placesOf(subject: PolicySubject): Place[] {
  const places: Place[] = [];
  for (const { name, mounts } of inventoryOf(subject).services) {
    for (const { type, source, writable, property } of mounts) {
      const path = source?.resolved.at(-1);
      if (type !== 'bind' || !source || path === undefined) continue;
      const at = `services.${name}.${property}`;
      places.push({ path, writable, property: at, shown: source.shown });
    }
  }
  if (!places.some(({ writable }) => writable)) return places;
  const own = subject.paths.resolve('.').at(-1)!;
  return [
    ...places,
    { path: own, writable: false, property: '', shown: 'the sandbox’s own files' },
  ];
}
