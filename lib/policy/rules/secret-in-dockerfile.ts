import { eachInstruction } from '../checks';
import { assignmentsOf } from '../dockerfile';
import type { Rule } from '../rule';
import { hasKnownKey, isPlaceholder, isSecretName } from '../secret-text';

/** No key in a layer of an image. */
export const secretInDockerfile: Rule = {
  id: 'secret-in-dockerfile',
  title: 'No Dockerfile sets or asks for a secret',
  severity: 'error',
  acknowledgeable: true,
  why: 'What ENV and ARG set can be read from the image by whoever has it, also when a later step removes it.',
  fix: 'remove it; give a build a secret with RUN --mount=type=secret',
  threats: ['S1'],
  controls: ['key-custody'],
  check: eachInstruction(({ keyword, text }) => {
    if (hasKnownKey(text)) return `${keyword} holds what looks like a key`;
    if (keyword !== 'ENV' && keyword !== 'ARG') return undefined;
    const secret = assignmentsOf(text).find(
      ({ name, value }) =>
        isSecretName(name) && (value === undefined ? keyword === 'ARG' : !isPlaceholder(value)),
    );
    return secret && `${keyword} ${secret.name} is named like a secret`;
  }),
};
