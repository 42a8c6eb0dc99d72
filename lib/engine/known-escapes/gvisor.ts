/** Escapes through gVisor's runsc. */
import { nvd, type Escape } from './escape';

export const GVISOR_ESCAPES: readonly Escape[] = [
  {
    id: 'CVE-2026-96812',
    component: 'gvisor',
    title: 'run code as root on the host through a device file of its image',
    reach: 'with-help',
    fixed: ['20260824.0'],
    source: nvd('CVE-2026-96812'),
    note: 'Takes an image with a device file /dev/cuse, and a host that has CUSE.',
  },
];
