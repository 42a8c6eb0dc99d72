import { securityOptions } from '../checks';
import type { Rule } from '../rule';
import type { SecurityOption } from '../security-options';

/** The engine's own profiles, and what switches them off (which has a rule of its own). */
const OWN = new Set(['', 'unconfined', 'builtin', 'default', 'docker-default', 'runtime/default']);

function isCustom({ name, value }: SecurityOption): boolean {
  return (name === 'seccomp' || name === 'apparmor') && !OWN.has(value);
}

/** The engine's profiles follow its versions; a copy does not. */
export const customSecurityProfile: Rule = {
  id: 'custom-security-profile',
  title: 'The engine’s own seccomp and AppArmor profiles are used',
  severity: 'warning',
  acknowledgeable: true,
  why: 'A copied profile stays as it was while kernels grow new system calls, and no rule here can see what it allows.',
  fix: 'remove the option; the engine’s own profile then holds, and is updated with it',
  threats: ['K2', 'K8'],
  controls: ['kernel-confinement'],
  check: securityOptions(isCustom),
};
