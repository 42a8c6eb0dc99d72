import { eachMount } from '../checks';
import type { Rule } from '../rule';
import { numberOf } from '../values';

/** Every tmpfs has a limit of files. */
export const tmpfsInodesUnlimited: Rule = {
  id: 'tmpfs-inodes-unlimited',
  title: 'Every tmpfs has a limit of inodes',
  severity: 'note',
  acknowledgeable: true,
  why: 'Millions of empty files take kernel memory that the size of a tmpfs does not count.',
  fix: 'use a TmpfsMount in short syntax, which has nr_inodes',
  threats: ['F6'],
  controls: ['resource-limits'],
  check: eachMount(({ type, tmpfs, target }) => {
    if (type !== 'tmpfs' || (amount(tmpfs?.inodes) ?? 0) > 0) return undefined;
    return `the tmpfs at ${target ?? 'an unknown path'} has no nr_inodes`;
  }),
};

function amount(inodes: string | undefined): number | undefined {
  return numberOf(inodes?.replace(/[kmg]$/, ''));
}
