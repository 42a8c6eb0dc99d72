/** Every probe, in the order of docs/THREATS.md. */
import type { Probe } from './probe';

export const PROBES: readonly Probe[] = [
  // Network: N1, N2, N4, N6, N12, N13
  // Files: F1 to F8
  // Kernel: K1 to K8
  // Secrets: S1, S2
  // Drift: D1
];
