import { eachHostReference } from '../checks';
import type { Rule } from '../rule';

/** A checkout works wherever it lies. */
export const absoluteBindSource: Rule = {
  id: 'absolute-bind-source',
  title: 'Mounts and build contexts are relative to the project',
  severity: 'warning',
  acknowledgeable: true,
  why: 'An absolute path means another folder, or none, on every other machine: what was reviewed is not what is mounted.',
  fix: 'give the path relative to the project folder',
  threats: ['F4'],
  controls: ['configuration-management'],
  check: eachHostReference(({ use, source }) => {
    if (!source.absolute || source.fromEnvironment) return undefined;
    if (use !== 'mounts' && use !== 'builds from') return undefined;
    // The usual way to hide one file of a mounted folder, and there on every host.
    if (source.value === '/dev/null') return undefined;
    return `${use} ${source.shown}`;
  }),
};
