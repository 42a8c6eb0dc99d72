import { eachService } from '../checks';
import type { Rule } from '../rule';
import { show } from '../values';

/** How an image is made can be read here. */
export const dockerfileUnseen: Rule = {
  id: 'dockerfile-unseen',
  title: 'The Dockerfile is one of the sandbox’s own files',
  severity: 'warning',
  acknowledgeable: true,
  why: 'No rule can look into a Dockerfile that lies elsewhere: it may end as root, or download and run anything.',
  fix: 'describe the image with SandboxImage, or add the Dockerfile with sandbox.addFile',
  threats: ['F7', 'K8'],
  controls: ['configuration-management'],
  check: eachService((_, { dockerfile: built }) =>
    built && !built.dockerfile
      ? {
          property: built.property,
          message: `builds from ${show(built.name)}, which is no file of the sandbox`,
        }
      : undefined,
  ),
};
