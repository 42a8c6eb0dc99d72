import { eachService } from '../checks';
import { hasMovingTag, imagesOf } from '../images';
import type { Rule } from '../rule';
import { show } from '../values';

/** An image has a version. */
export const imageTagLatest: Rule = {
  id: 'image-tag-latest',
  title: 'No image is used without a tag or with the tag latest',
  severity: 'warning',
  acknowledgeable: true,
  why: 'The tag latest is whatever was pushed last: two builds of one commit are two sandboxes.',
  fix: 'give the tag of a release, such as debian:trixie-slim, and its digest',
  threats: ['K8'],
  controls: ['image-provenance', 'configuration-management'],
  check: eachService((service, entry) =>
    imagesOf(service, entry)
      .filter(({ reference }) => hasMovingTag(reference))
      .map(({ property, where, reference }) => ({
        property,
        message: `${where}received ${show(reference)}`,
      })),
  ),
};
