/**
 * The controls of published frameworks that a setting supports. The tool supplies evidence; it
 * makes nobody compliant, and no row here has been reviewed by an auditor yet.
 */

/** One area of settings that frameworks speak of. */
export type ControlArea =
  | 'least-privilege'
  | 'kernel-confinement'
  | 'network-boundary'
  | 'agent-separation'
  | 'key-custody'
  | 'read-only'
  | 'resource-limits'
  | 'audit-records'
  | 'monitoring'
  | 'configuration-management'
  | 'image-provenance';

export interface ControlRow {
  readonly setting: string;
  readonly nist80053: string;
  readonly soc2: string;
  readonly hipaa: string;
  readonly iso27001: string;
  readonly cisDocker: string;
  /** False until a person has reviewed the row. */
  readonly reviewed: boolean;
}

/** Frameworks in the order of the columns. */
export const FRAMEWORKS = {
  nist80053: 'NIST SP 800-53',
  soc2: 'SOC 2',
  hipaa: 'HIPAA 164.312',
  iso27001: 'ISO 27001:2022',
  cisDocker: 'CIS Docker 1.6',
} as const satisfies Partial<Record<keyof ControlRow, string>>;

/** Stands for "no control of this framework". */
const NO_CONTROL = '–';

export const CONTROLS: Readonly<Record<ControlArea, ControlRow>> = {
  'least-privilege': row(
    'non-root, capabilities dropped, no-new-privileges',
    'AC-6, AC-6(10), CM-7',
    'CC6.1, CC6.3',
    '(a)(1)',
    'A.8.2, A.8.18',
    '4.1, 5.4, 5.26',
  ),
  'kernel-confinement': row(
    'seccomp, AppArmor, gVisor',
    'SC-39, SC-3',
    'CC6.1, CC6.8',
    '(a)(1)',
    'A.8.9',
    '5.2, 5.22',
  ),
  'network-boundary': row(
    'air gap',
    'SC-7, SC-7(5), SC-7(8), AC-4',
    'CC6.1, CC6.6, CC6.7',
    '(a)(1)',
    'A.8.20, A.8.22, A.8.23',
    '5.10, 5.30',
  ),
  'agent-separation': row(
    'one network (or none) per agent',
    'SC-7(21), SC-4',
    'CC6.1',
    '(a)(1)',
    'A.8.22',
    '5.30',
  ),
  'key-custody': row(
    'no keys in images, variables, documents and mounts',
    'IA-5',
    'CC6.1',
    '(a)(1), (d)',
    'A.5.17, A.8.24',
    '4.10',
  ),
  'read-only': row(
    'read-only root and source',
    'CM-5, SI-7',
    'CC6.8, CC8.1',
    '(c)(1)',
    'A.8.3, A.8.32',
    '5.6, 5.13',
  ),
  'resource-limits': row(
    'memory, CPU, pids, ulimits',
    'SC-5',
    'A1.1 (where Availability is in scope)',
    NO_CONTROL,
    'A.8.6',
    '5.11, 5.12, 5.19, 5.29',
  ),
  'audit-records': row(
    'audit records and their content',
    'AU-2, AU-3, AU-8, AU-12',
    'CC7.2',
    '(b), (a)(2)(i)',
    'A.8.15, A.8.17',
    '2.13',
  ),
  monitoring: row(
    'health checks, bounded restarts',
    'SI-4, IR-4, IR-5',
    'CC7.2, CC7.3, CC7.4',
    '(b)',
    'A.8.16, A.5.26',
    NO_CONTROL,
  ),
  'configuration-management': row(
    'synth in version control, drift check',
    'CM-2, CM-3, CM-6, CA-7',
    'CC7.1, CC8.1',
    NO_CONTROL,
    'A.8.9, A.8.32',
    '5.28',
  ),
  'image-provenance': row(
    'images pinned by digest, scanned',
    'RA-5, SR-3, SR-11, SI-7(15)',
    'CC6.8, CC7.1',
    NO_CONTROL,
    'A.8.8',
    '4.2, 4.4, 4.5',
  ),
};

function row(
  setting: string,
  nist80053: string,
  soc2: string,
  hipaa: string,
  iso27001: string,
  cisDocker: string,
): ControlRow {
  return { setting, nist80053, soc2, hipaa, iso27001, cisDocker, reviewed: false };
}
