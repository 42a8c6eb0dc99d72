import { securityOptions } from '../checks';
import type { Rule } from '../rule';

/** The engine's AppArmor profile stays on. */
export const apparmorUnconfined: Rule = {
  id: 'apparmor-unconfined',
  title: 'The AppArmor profile is not switched off',
  severity: 'error',
  acknowledgeable: false,
  why: 'Without the profile nothing but file permissions guards /proc, /sys and mounts, should one of the other walls fall.',
  fix: 'remove the option; the engine’s own profile then holds where the host has AppArmor',
  threats: ['K2', 'K3'],
  controls: ['kernel-confinement'],
  check: securityOptions(
    ({ name, value }) => name === 'apparmor' && (value === 'unconfined' || value === ''),
  ),
};
