import { securityOptions } from '../checks';
import type { Rule } from '../rule';

/** The engine's seccomp profile stays on. */
export const seccompUnconfined: Rule = {
  id: 'seccomp-unconfined',
  title: 'The seccomp profile is not switched off',
  severity: 'error',
  acknowledgeable: false,
  why: 'Without the filter every system call reaches the kernel, among them those that most escapes begin with: unshare, mount, keyctl, bpf.',
  fix: 'remove the option; the engine’s own profile then holds',
  threats: ['K2', 'K8'],
  controls: ['kernel-confinement'],
  check: securityOptions(
    ({ name, value }) => name === 'seccomp' && (value === 'unconfined' || value === ''),
  ),
};
