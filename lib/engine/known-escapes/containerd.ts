/** Escapes through containerd. Flaws of its Kubernetes side are left out: the engine does not use it. */
import { advisory, type Escape } from './escape';

const ADVISORIES = 'containerd/containerd';

export const CONTAINERD_ESCAPES: readonly Escape[] = [
  {
    id: 'CVE-2020-15257',
    component: 'containerd',
    title: 'start processes on the host through the abstract socket of a shim',
    reach: 'other-setup',
    fixed: ['1.3.9', '1.4.3'],
    source: advisory(ADVISORIES, 'GHSA-36xw-fx78-c5r4'),
    note: "Takes the host's network namespace and root inside; a sandbox gives neither.",
  },
  {
    id: 'CVE-2024-25621',
    component: 'containerd',
    title: "leave files where every user of the host can reach them in containerd's folders",
    reach: 'with-help',
    fixed: ['1.7.29', '2.0.7', '2.1.5', '2.2.0'],
    source: advisory(ADVISORIES, 'GHSA-pwhc-rpq9-4c8w'),
    note: 'Takes a second, unprivileged user on the host.',
  },
  {
    id: 'CVE-2024-40635',
    component: 'containerd',
    title: 'run as root where a user id that is too large was given',
    reach: 'other-setup',
    fixed: ['1.6.38', '1.7.27', '2.0.4'],
    source: advisory(ADVISORIES, 'GHSA-265r-hfxg-fhmg'),
    note: 'Takes a user or group id above 2147483647.',
  },
  {
    id: 'CVE-2025-64329',
    component: 'containerd',
    title: "use up the host's memory by attaching again and again",
    reach: 'other-setup',
    fixed: ['1.7.29', '2.0.7', '2.1.5', '2.2.0'],
    source: advisory(ADVISORIES, 'GHSA-m6hq-p25p-ffr2'),
    note: 'Takes the interface for Kubernetes, which the engine does not use.',
  },
];
