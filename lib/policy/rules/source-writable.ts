import { eachMount } from '../checks';
import { isWithin } from '../container-path';
import type { Rule } from '../rule';

const OUTPUT = '/output';

/** What comes from the host is read-only; changes leave through the output folder. */
export const sourceWritable: Rule = {
  id: 'source-writable',
  title: 'Every bind mount is read-only, but for the output folder',
  severity: 'error',
  acknowledgeable: true,
  why: 'In a writable source an agent plants what the host runs later: git hooks, editor tasks, build scripts, CI files.',
  fix: 'use a ReadOnlyMount; let changes leave through an OutputMount (at /output) and a review',
  threats: ['F1', 'F5'],
  controls: ['read-only'],
  check: eachMount(({ type, writable, target, source }) => {
    if (type !== 'bind' || !writable) return undefined;
    if (target !== undefined && isWithin(target, OUTPUT)) return undefined;
    return `mounts ${source?.shown} writable at ${target ?? 'an unknown path'}`;
  }),
};
