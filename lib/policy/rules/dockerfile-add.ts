import { eachInstruction } from '../checks';
import type { Rule } from '../rule';
import { show } from '../values';

/** Files come in by COPY. */
export const dockerfileAdd: Rule = {
  id: 'dockerfile-add',
  title: 'A Dockerfile uses COPY, not ADD',
  severity: 'warning',
  acknowledgeable: true,
  why: 'ADD downloads what a URL gives at the moment, and unpacks archives over whatever is there.',
  fix: 'use COPY; for a download ADD --checksum=sha256:…',
  threats: ['K8'],
  controls: ['image-provenance'],
  check: eachInstruction(({ keyword, text }) =>
    keyword === 'ADD' && !/^(?:--\S+\s+)*--checksum=sha256:[0-9a-f]{64}\s/i.test(text)
      ? `received ADD ${show(text)}`
      : undefined,
  ),
};
