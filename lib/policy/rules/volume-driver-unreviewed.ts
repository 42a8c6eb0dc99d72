import type { Rule } from '../rule';
import { keywordOf, recordOf, show } from '../values';

const KNOWN_TYPES = new Set(['', 'none', 'bind', 'tmpfs']);

/** A volume is a folder of the engine or a tmpfs. */
export const volumeDriverUnreviewed: Rule = {
  id: 'volume-driver-unreviewed',
  title: 'Volumes use the local driver, as a folder, a bind or a tmpfs',
  severity: 'error',
  acknowledgeable: true,
  why: 'A volume plugin or another file system can bring in a disk, a network share or a fresh /proc without its masks.',
  fix: 'use the local driver without type, or with type tmpfs',
  threats: ['F4', 'K3'],
  controls: ['least-privilege'],
  check: ({ document }) => {
    if (document.volumes === undefined) return [];
    return Object.entries(recordOf(document.volumes)).flatMap(([name, volume]) => {
      const { driver, driver_opts: options } = recordOf(volume);
      const { type } = recordOf(options);
      if (driver !== undefined && keywordOf(driver) !== 'local') {
        const message = `received driver ${show(driver)}; allowed is local`;
        return [{ property: `volumes.${name}.driver`, message }];
      }
      if (type === undefined || KNOWN_TYPES.has(keywordOf(type) ?? 'unknown')) return [];
      const message = `received type ${show(type)}; allowed is none, bind or tmpfs`;
      return [{ property: `volumes.${name}.driver_opts`, message }];
    });
  },
};
