import { securityOptions } from '../checks';
import type { Rule } from '../rule';

/** Options that other rules look into. */
const KNOWN = new Set([
  'no-new-privileges',
  'seccomp',
  'apparmor',
  'label',
  'systempaths',
  'unmask',
]);

/** Every security option is one that a rule understands. */
export const securityOptionUnknown: Rule = {
  id: 'security-option-unknown',
  title: 'No security option is set that no rule knows',
  severity: 'warning',
  acknowledgeable: true,
  why: 'Engines have further options, such as writable-cgroups, that take a wall down without any word of warning.',
  fix: 'remove the option',
  threats: ['K2', 'K3'],
  controls: ['kernel-confinement'],
  check: securityOptions(({ name }) => !KNOWN.has(name)),
};
