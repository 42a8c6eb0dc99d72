import { eachService } from '../checks';
import { imagesOf, isPinned } from '../images';
import type { Rule } from '../rule';
import { show } from '../values';

/** An image is the one that was reviewed. */
export const imageNotPinned: Rule = {
  id: 'image-not-pinned',
  title: 'Every image is pinned by its digest',
  severity: { 1: 'note', 2: 'warning', 3: 'error' },
  acknowledgeable: true,
  why: 'A tag can mean another image tomorrow; whoever can push it decides what runs in the sandbox.',
  fix: 'give the image with its digest: name:tag@sha256:…',
  threats: ['K8'],
  controls: ['image-provenance'],
  check: eachService((service, entry) =>
    imagesOf(service, entry)
      .filter(({ reference }) => !isPinned(reference))
      .map(({ property, where, reference }) => ({
        property,
        message: `${where}${show(reference)} has no digest`,
      })),
  ),
};
