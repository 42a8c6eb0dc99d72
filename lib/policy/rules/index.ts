/** Every rule, in the order in which docs/RULES.md lists them. */
import type { Rule } from '../rule';
import { networkNotAirGapped } from './network-not-air-gapped';

export const RULES: readonly Rule[] = [networkNotAirGapped];
