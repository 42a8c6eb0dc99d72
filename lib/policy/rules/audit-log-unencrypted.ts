import { eachService } from '../checks';
import { readingOf } from '../interpolate';
import type { Rule } from '../rule';
import { keywordOf, recordOf, show } from '../values';

/** Ways that do not leave the host, or leave it encrypted. */
const SAFE =
  /^(?:tcp\+tls:\/\/|unix(?:gram)?:\/\/|(?:tcp|udp):\/\/(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?::|$))/;

/** Records travel encrypted, to a server that proves who it is. */
export const auditLogUnencrypted: Rule = {
  id: 'audit-log-unencrypted',
  title: 'Syslog leaves the host over TLS, with the server’s certificate checked',
  severity: { 1: 'warning', 2: 'warning', 3: 'error' },
  acknowledgeable: true,
  why: 'Records hold what the agent read and wrote; on the wire in clear text they can be read, forged and dropped.',
  fix: 'use an address that starts with tcp+tls://, and no syslog-tls-skip-verify',
  threats: ['S5'],
  controls: ['audit-records'],
  check: eachService(({ logging }) => {
    const { driver, options } = recordOf(logging);
    if (keywordOf(driver) !== 'syslog') return undefined;
    const settings = recordOf(options);
    const address: unknown = settings['syslog-address'];
    const skips = settings['syslog-tls-skip-verify'];
    if (skips !== undefined && keywordOf(skips) !== 'false') {
      return {
        property: 'logging.options',
        message: `received syslog-tls-skip-verify ${show(skips)}`,
      };
    }
    // Without an address it is the host's own syslog.
    if (address === undefined || SAFE.test(readingOf(address)?.toLowerCase() ?? ''))
      return undefined;
    return { property: 'logging.options', message: `received syslog-address ${show(address)}` };
  }),
};
