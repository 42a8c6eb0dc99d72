import { eachService } from '../checks';
import type { Rule } from '../rule';
import { keywordOf, recordOf, show } from '../values';

/** Drivers that hand records to somebody else. */
const ELSEWHERE = new Set([
  'syslog',
  'journald',
  'fluentd',
  'gelf',
  'splunk',
  'awslogs',
  'gcplogs',
  'etwlogs',
]);

/** Records are where the agent's container and its engine's clean-up do not reach. */
export const auditLoggingMissing: Rule = {
  id: 'audit-logging-missing',
  title: 'Records go to a store outside of the container’s own logs',
  severity: { 1: 'off', 2: 'warning', 3: 'error' },
  acknowledgeable: true,
  why: 'Local logs are gone with the container, and rotation loses the oldest records to whoever prints enough.',
  fix: 'give AuditLogging the address of a log server: new AuditLogging(scope, id, { syslog: { address } })',
  threats: ['S4', 'S5'],
  controls: ['audit-records'],
  check: eachService(({ logging }) => {
    const { driver } = recordOf(logging);
    if (ELSEWHERE.has(keywordOf(driver) ?? '')) return undefined;
    return { property: 'logging', message: `received the logging driver ${show(driver)}` };
  }),
};
