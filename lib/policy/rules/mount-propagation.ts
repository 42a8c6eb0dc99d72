import { eachMount } from '../checks';
import type { Rule } from '../rule';
import { show } from '../values';

const PRIVATE = /^r?private$/;

/** What is mounted later on the host stays there. */
export const mountPropagation: Rule = {
  id: 'mount-propagation',
  title: 'Mounts do not propagate between host and container',
  severity: 'error',
  acknowledgeable: true,
  why: 'With shared or slave propagation a disk that is plugged in later appears inside, or a mount made inside appears on the host.',
  fix: 'remove the propagation, or use rprivate',
  threats: ['F4'],
  controls: ['read-only'],
  check: eachMount(({ propagation, source }) =>
    propagation === undefined || PRIVATE.test(propagation)
      ? undefined
      : `mounts ${source?.shown} with the propagation ${show(propagation)}`,
  ),
};
