import { eachMount } from '../checks';
import { readingOf } from '../interpolate';
import type { Rule } from '../rule';
import { mayBeTrue, recordOf, show } from '../values';

const SIZE = /(?:^|,)\s*size=(?!0*(?:,|$))/;

/** Every writable place has a size, volumes too. */
export const unboundedVolume: Rule = {
  id: 'unbounded-volume',
  title: 'Every writable volume has a size',
  severity: 'warning',
  acknowledgeable: true,
  why: 'A volume without a size takes as much of the host’s disk as there is.',
  fix: 'use a TmpfsMount, or a volume of the local driver with type tmpfs and o size=…',
  threats: ['F6'],
  controls: ['resource-limits'],
  check: eachMount(({ type, writable, volume, target }, _, { document }) => {
    if (type !== 'volume' || !writable) return undefined;
    const volumes = recordOf(document.volumes);
    const definition = recordOf(
      volume !== undefined && Object.hasOwn(volumes, volume) ? volumes[volume] : undefined,
    );
    if (mayBeTrue(definition.external)) return undefined;
    const { o, size } = recordOf(definition.driver_opts);
    if (size !== undefined || SIZE.test(readingOf(o) ?? '')) return undefined;
    const name = volume === undefined ? 'an anonymous volume' : `the volume ${show(volume)}`;
    return `${name} at ${target ?? 'an unknown path'} has no size`;
  }),
};
