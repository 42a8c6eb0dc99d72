import { eachService } from '../checks';
import type { Rule } from '../rule';
import { securityOptionsOf } from '../security-options';
import { show } from '../values';

/** Nothing that is started has more rights than what started it. */
export const noNewPrivilegesMissing: Rule = {
  id: 'no-new-privileges-missing',
  title: 'No process can gain privileges: no-new-privileges is set',
  severity: 'error',
  acknowledgeable: true,
  why: 'A setuid program in the image, or one that a bug lets an agent make, would run as root.',
  fix: 'remove the override of security_opt; SandboxService writes no-new-privileges:true',
  threats: ['F7', 'K1'],
  controls: ['least-privilege'],
  check: eachService(({ security_opt: options }) => {
    const values = securityOptionsOf(options).filter(({ name }) => name === 'no-new-privileges');
    const isSet =
      values.length > 0 && values.every(({ value }) => value === '' || value === 'true');
    if (isSet) return undefined;
    return {
      property: 'security_opt',
      message: `received security_opt ${show(options)}, without no-new-privileges:true`,
    };
  }),
};
