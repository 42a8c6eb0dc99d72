import { bytesOf } from '../amounts';
import { eachService } from '../checks';
import type { Rule } from '../rule';
import { keywordOf, numberOf, recordOf, show } from '../values';

/** Logs on the host's disk end somewhere. */
export const logRotationMissing: Rule = {
  id: 'log-rotation-missing',
  title: 'Local logs are rotated: max-size and max-file are set',
  severity: 'error',
  acknowledgeable: true,
  why: 'An agent that prints without end fills the host’s disk; the engine’s default keeps everything.',
  fix: 'use new AuditLogging(scope, id).record(service), which rotates',
  threats: ['F6', 'S4'],
  controls: ['audit-records', 'resource-limits'],
  check: eachService(({ logging }) => {
    if (logging === undefined) {
      return { property: 'logging', message: 'received no logging, which is the engine’s default' };
    }
    const { driver, options } = recordOf(logging);
    const name = keywordOf(driver) ?? 'json-file';
    const { 'max-size': size, 'max-file': files } = recordOf(options);
    // The local driver rotates by itself; others keep nothing here.
    if (name !== 'json-file' && (name !== 'local' || size === undefined)) return undefined;
    if ((bytesOf(size) ?? 0) > 0 && (name === 'local' || (numberOf(files) ?? 0) > 0)) {
      return undefined;
    }
    const message = `received max-size ${show(size)} and max-file ${show(files)}`;
    return { property: 'logging.options', message };
  }),
};
