import { securityOptions } from '../checks';
import type { Rule } from '../rule';

/** Types that SELinux confines no further. */
const UNCONFINED = /^type:(?:spc_t|unconfined_t|container_runtime_t|unconfined_service_t)$/;

/** SELinux separation stays on where the host has it. */
export const selinuxDisabled: Rule = {
  id: 'selinux-disabled',
  title: 'SELinux separation is not switched off',
  severity: 'error',
  acknowledgeable: false,
  why: 'On hosts with SELinux the label is what keeps a process that left its container away from the files of the host.',
  fix: 'remove the option; for a mount use the volume option Z instead',
  threats: ['K2', 'K3', 'F4'],
  controls: ['kernel-confinement'],
  check: securityOptions(
    ({ name, value }) => name === 'label' && (value === 'disable' || UNCONFINED.test(value)),
  ),
};
