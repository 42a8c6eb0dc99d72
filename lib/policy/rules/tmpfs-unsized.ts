import { bytesOf } from '../amounts';
import { eachMount } from '../checks';
import type { Rule } from '../rule';
import { show } from '../values';

/** Every tmpfs has a size. */
export const tmpfsUnsized: Rule = {
  id: 'tmpfs-unsized',
  title: 'Every tmpfs has a size in bytes',
  severity: 'error',
  acknowledgeable: true,
  why: 'A tmpfs without a size may grow to half of the host’s memory.',
  fix: 'use a TmpfsMount, which has a size',
  threats: ['F6', 'K5'],
  controls: ['resource-limits'],
  check: eachMount(({ type, tmpfs, target }) => {
    if (type !== 'tmpfs' || (bytesOf(tmpfs?.size) ?? 0) > 0) return undefined;
    return `the tmpfs at ${target ?? 'an unknown path'} has the size ${show(tmpfs?.size)}`;
  }),
};
