import type { Rule } from '../rule';
import { mayBeTrue, recordOf } from '../values';

/** Volumes belong to the sandbox. */
export const externalVolume: Rule = {
  id: 'external-volume',
  title: 'No volume from outside of the sandbox is used',
  severity: 'error',
  acknowledgeable: true,
  why: 'What an external volume holds, where it lies and who else uses it is decided elsewhere; it can be the whole host under a harmless name.',
  fix: 'let the sandbox have a volume of its own',
  threats: ['F4', 'N12'],
  controls: ['agent-separation'],
  check: ({ document }) => {
    if (document.volumes === undefined) return [];
    return Object.entries(recordOf(document.volumes))
      .filter(([, volume]) => mayBeTrue(recordOf(volume).external))
      .map(([name]) => ({
        property: `volumes.${name}.external`,
        message: `uses the volume ${JSON.stringify(name)}, which the sandbox does not make`,
      }));
  },
};
