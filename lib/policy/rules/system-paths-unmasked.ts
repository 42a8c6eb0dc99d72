import { securityOptions } from '../checks';
import type { Rule } from '../rule';

/** The engine's masked and read-only paths in /proc and /sys stay as they are. */
export const systemPathsUnmasked: Rule = {
  id: 'system-paths-unmasked',
  title: 'The masked and read-only paths of /proc and /sys stay on',
  severity: 'error',
  acknowledgeable: false,
  why: 'Unmasked, /proc/sys, core_pattern and sysrq can be written: core_pattern alone runs a program of the agent’s choice on the host.',
  fix: 'remove the option',
  threats: ['K3'],
  controls: ['kernel-confinement'],
  check: securityOptions(
    ({ name, value }) => (name === 'systempaths' && value !== 'default') || name === 'unmask',
  ),
};
