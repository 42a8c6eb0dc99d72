import { eachService } from '../checks';
import type { Rule } from '../rule';
import { listOf } from '../values';

const extended = eachService((service) =>
  service.extends === undefined
    ? undefined
    : { property: 'extends', message: 'takes settings from another service when Compose reads it' },
);

/** What is reviewed is all there is. */
export const documentNotSelfContained: Rule = {
  id: 'document-not-self-contained',
  title: 'The document includes and extends nothing',
  severity: 'error',
  acknowledgeable: false,
  why: 'Compose merges what it includes after every rule has run: a privileged service could come in from a file that nobody looked at.',
  fix: 'describe the service here; share settings with a construct of your own',
  threats: ['F3', 'F4', 'K1'],
  controls: ['configuration-management'],
  check: (subject) => [
    ...(listOf(subject.document.include).length > 0
      ? [{ property: 'include', message: 'includes other Compose files' }]
      : []),
    ...extended(subject),
  ],
};
