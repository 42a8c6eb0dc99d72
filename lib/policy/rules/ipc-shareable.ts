import { eachService } from '../checks';
import type { Rule } from '../rule';
import { keywordOf } from '../values';

/** Shared memory is nobody else's. */
export const ipcShareable: Rule = {
  id: 'ipc-shareable',
  title: 'Shared memory is not offered to other containers',
  severity: 'error',
  acknowledgeable: true,
  why: 'Shareable memory is a way from one agent to another that no network wall sees.',
  fix: 'use ipc private',
  threats: ['N12'],
  controls: ['agent-separation'],
  check: eachService(({ ipc }) =>
    keywordOf(ipc) === 'shareable'
      ? { property: 'ipc', message: 'received ipc "shareable"' }
      : undefined,
  ),
};
