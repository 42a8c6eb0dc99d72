import { eachService } from '../checks';
import type { Rule } from '../rule';
import { keywordOf, recordOf } from '../values';

/** What an agent prints is kept. */
export const loggingDisabled: Rule = {
  id: 'logging-disabled',
  title: 'Logging is not switched off',
  severity: 'error',
  acknowledgeable: true,
  why: 'Without logs nobody can say afterwards what an agent did.',
  fix: 'use new AuditLogging(scope, id).record(service)',
  threats: ['S4'],
  controls: ['audit-records'],
  check: eachService((service) =>
    keywordOf(recordOf(service.logging).driver) === 'none'
      ? { property: 'logging.driver', message: 'received driver "none"' }
      : undefined,
  ),
};
