/**
 * A few well-known flaws of the Linux kernel that all containers of a host share: those that the
 * engine's seccomp profile lets through, and those that show why it must not be switched off.
 */
import { nvd, type Escape } from './escape';

const BLOCKED =
  "The engine's seccomp profile and dropped capabilities refuse the user namespace that it takes.";

export const KERNEL_ESCAPES: readonly Escape[] = [
  {
    id: 'CVE-2022-0185',
    component: 'kernel',
    title: 'run code in the kernel through the parameters of a mount',
    reach: 'other-setup',
    introduced: '5.1',
    fixed: ['5.4.173', '5.10.93', '5.15.16', '5.16.2'],
    source: nvd('CVE-2022-0185'),
    note: BLOCKED,
  },
  {
    id: 'CVE-2022-0492',
    component: 'kernel',
    title: 'run a program as root on the host through a control group of version 1',
    reach: 'other-setup',
    introduced: '2.6.24',
    fixed: [
      '4.9.301',
      '4.14.266',
      '4.19.229',
      '5.4.177',
      '5.10.97',
      '5.15.20',
      '5.16.6',
      '5.17-rc3',
    ],
    source: nvd('CVE-2022-0492'),
    note: BLOCKED,
  },
  {
    id: 'CVE-2022-0847',
    component: 'kernel',
    title: 'overwrite every file that it can read, the read-only source too (Dirty Pipe)',
    reach: 'inside',
    introduced: '5.8',
    fixed: ['5.10.102', '5.15.25', '5.16.11', '5.17'],
    source: nvd('CVE-2022-0847'),
  },
  {
    id: 'CVE-2023-3269',
    component: 'kernel',
    title: 'run code in the kernel through a growing stack (StackRot)',
    reach: 'inside',
    introduced: '6.1',
    fixed: ['6.1.37', '6.3.11', '6.4.1'],
    source: nvd('CVE-2023-3269'),
  },
  {
    id: 'CVE-2024-1086',
    component: 'kernel',
    title: 'run code in the kernel through nf_tables',
    reach: 'other-setup',
    introduced: '3.15',
    fixed: ['4.19.307', '5.4.269', '5.10.210', '5.15.149', '6.1.76', '6.6.15', '6.7.3', '6.8-rc2'],
    source: nvd('CVE-2024-1086'),
    note: BLOCKED,
  },
  {
    id: 'CVE-2026-31431',
    component: 'kernel',
    title: 'change files of the host and of other containers in the page cache (Copy Fail)',
    reach: 'inside',
    introduced: '4.14',
    fixed: ['5.10.254', '5.15.204', '6.1.170', '6.6.137', '6.12.85', '6.18.22', '6.19.12', '7.0'],
    source: nvd('CVE-2026-31431'),
    note: 'The default seccomp profile refuses the sockets that it takes since Engine 29.4.2.',
  },
];
