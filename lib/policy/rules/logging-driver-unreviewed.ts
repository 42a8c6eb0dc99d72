import { EnvRef } from '../../core/env-ref';
import { eachService } from '../checks';
import type { Rule } from '../rule';
import { keywordOf, recordOf, show } from '../values';

/** The engine's own drivers. */
const KNOWN = new Set([
  '',
  'json-file',
  'local',
  'journald',
  'syslog',
  'fluentd',
  'gelf',
  'splunk',
  'awslogs',
  'gcplogs',
  'etwlogs',
  'none',
]);

/** What an agent prints goes to a program that is known. */
export const loggingDriverUnreviewed: Rule = {
  id: 'logging-driver-unreviewed',
  title: 'Logs go through a driver of the engine itself',
  severity: 'error',
  acknowledgeable: true,
  why: 'Any other driver is a plugin, a program outside of the sandbox that reads all that an agent prints and may keep nothing.',
  fix: 'use new AuditLogging(scope, id).record(service)',
  threats: ['S4', 'S5'],
  controls: ['audit-records'],
  check: eachService(({ logging }) => {
    const { driver } = recordOf(logging);
    if (driver === undefined || driver === null) return undefined;
    if (!EnvRef.is(driver) && KNOWN.has(keywordOf(driver) ?? 'unknown')) return undefined;
    return { property: 'logging.driver', message: `received driver ${show(driver)}` };
  }),
};
