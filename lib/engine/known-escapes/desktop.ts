/** Escapes through what Docker Desktop adds: its virtual machine, its file sharing, its services. */
import { advisory, nvd, type Escape } from './escape';

const NETWORK = 'Takes a network: with `network_mode: none` the service cannot be reached.';

export const DESKTOP_ESCAPES: readonly Escape[] = [
  {
    id: 'CVE-2025-9074',
    component: 'desktop',
    title:
      "give orders to the engine, and reach the user's files, through its address on the network",
    reach: 'other-setup',
    introduced: '4.25.0',
    fixed: ['4.44.3'],
    source: nvd('CVE-2025-9074'),
    note: NETWORK,
  },
  {
    id: 'CVE-2026-2664',
    component: 'desktop',
    title: 'read memory of the virtual machine through entries of /proc/docker',
    reach: 'inside',
    fixed: ['4.62.0'],
    source: nvd('CVE-2026-2664'),
    note: 'Takes write access to /proc/docker in the virtual machine.',
  },
  {
    id: 'CVE-2026-28400',
    component: 'desktop',
    title: 'overwrite files of the user, and all containers, through flags for the model runner',
    reach: 'other-setup',
    fixed: ['4.62.0'],
    source: advisory('docker/model-runner', 'GHSA-m456-c56c-hh5c'),
    note: NETWORK,
  },
  {
    id: 'CVE-2026-5817',
    component: 'desktop',
    title: "run code as the user by a model for the model runner's vLLM, on macOS",
    reach: 'other-setup',
    introduced: '4.62.0',
    fixed: ['4.68.0'],
    source: nvd('CVE-2026-5817'),
    note: NETWORK,
  },
  {
    id: 'CVE-2026-5843',
    component: 'desktop',
    title: "run code as the user by a model for the model runner's MLX, on macOS",
    reach: 'other-setup',
    introduced: '4.56.0',
    fixed: ['4.71.0'],
    source: nvd('CVE-2026-5843'),
    note: NETWORK,
  },
  {
    id: 'CVE-2026-31431',
    component: 'desktop',
    title: 'change files of other containers in the page cache of the virtual machine (Copy Fail)',
    reach: 'inside',
    fixed: ['4.72.0'],
    source: nvd('CVE-2026-31431'),
    note: 'The kernel is part of Docker Desktop and its number does not tell.',
  },
  {
    id: 'CVE-2026-17106',
    component: 'desktop',
    title: 'write outside the folder that `docker cp` unpacks into, through links in the archive',
    reach: 'with-help',
    fixed: ['4.86.0'],
    source: advisory('moby/go-archive', 'GHSA-hfg8-hc9c-6c3h'),
    note: 'Takes a `docker cp` from the container.',
  },
];
