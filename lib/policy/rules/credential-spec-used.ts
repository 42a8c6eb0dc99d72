import { eachService } from '../checks';
import type { Rule } from '../rule';

/** No account of a directory service inside. */
export const credentialSpecUsed: Rule = {
  id: 'credential-spec-used',
  title: 'No managed service account is given to a service',
  severity: 'error',
  acknowledgeable: true,
  why: 'With a credential spec a container signs in to the company’s directory by itself.',
  fix: 'remove credential_spec',
  threats: ['S1', 'F4'],
  controls: ['key-custody'],
  check: eachService(({ credential_spec: spec }) =>
    spec === undefined
      ? undefined
      : { property: 'credential_spec', message: 'received a credential_spec' },
  ),
};
