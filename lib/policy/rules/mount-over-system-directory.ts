import { eachMount } from '../checks';
import { isWithin } from '../container-path';
import type { Rule } from '../rule';

/** Folders with programs and what programs trust. */
const PROGRAMS = [
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/usr/bin',
  '/usr/sbin',
  '/usr/lib',
  '/usr/libexec',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/local/lib',
  '/boot',
  '/proc',
  '/sys',
  '/dev',
];
/** Folders that only as a whole are more than one program's affair. */
const WHOLE = new Set(['/', '/usr', '/usr/local', '/etc']);
const TRUSTED =
  /^\/etc\/(?:passwd|group|shadow|gshadow|sudoers|ld\.so\.[^/]+|pam\.d|profile|python3|ssl)(?:\/|$)/;
const HARMLESS = /^\/dev\/(?:shm|mqueue)(?:\/|$)/;

/** The image's own programs are those that run. */
export const mountOverSystemDirectory: Rule = {
  id: 'mount-over-system-directory',
  title: 'No mount lies over the programs, libraries and accounts of the image',
  severity: 'error',
  acknowledgeable: true,
  why: 'A mount over these folders replaces what the health check, the entrypoint and the agent run, by files that nobody built.',
  fix: 'choose a target of its own, such as /workspace or /opt/name; install programs with SandboxImage',
  threats: ['S2', 'K3'],
  controls: ['read-only'],
  check: eachMount(({ target, type }) => {
    if (target === undefined || HARMLESS.test(target)) return undefined;
    const over =
      WHOLE.has(target) ||
      TRUSTED.test(target) ||
      PROGRAMS.some((folder) => isWithin(target, folder));
    return over ? `puts a ${type} mount at ${target}` : undefined;
  }),
};
