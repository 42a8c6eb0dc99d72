import { EnvRef } from '../../../lib/core/env-ref';
import { auditLogUnencrypted } from '../../../lib/policy/rules/audit-log-unencrypted';
import { auditLoggingMissing } from '../../../lib/policy/rules/audit-logging-missing';
import { healthCheckMissing } from '../../../lib/policy/rules/health-check-missing';
import { healthCheckProgramRelative } from '../../../lib/policy/rules/health-check-program-relative';
import { healthCheckShadowed } from '../../../lib/policy/rules/health-check-shadowed';
import { healthCheckWeak } from '../../../lib/policy/rules/health-check-weak';
import { logRotationMissing } from '../../../lib/policy/rules/log-rotation-missing';
import { loggingDriverUnreviewed } from '../../../lib/policy/rules/logging-driver-unreviewed';
import { loggingDisabled } from '../../../lib/policy/rules/logging-disabled';
import { bind, rejected, withService, type RuleCases } from './rule-cases';

const test = (...words: unknown[]) => ({ healthcheck: { test: words } });
const python = (...words: unknown[]) => test('CMD', '/usr/bin/python3', ...words);
const weak = (changes: Record<string, unknown>) => rejected(changes, 'healthcheck.test');

const logging = (driver: string, options?: Record<string, unknown>) => ({
  logging: options ? { driver, options } : { driver },
});
const syslog = (address: unknown, options = {}) =>
  logging('syslog', { 'syslog-address': address, ...options });

export const recordCases: readonly RuleCases[] = [
  {
    rule: healthCheckMissing,
    accepts: {
      'a health check': withService({}),
      'a weak one, which has a rule of its own': withService({ healthcheck: { test: 'true' } }),
    },
    rejects: {
      nothing: rejected({ healthcheck: undefined }, 'healthcheck'),
      'a health check without a test': rejected(
        { healthcheck: { interval: '30s' } },
        'healthcheck',
      ),
      NONE: rejected({ healthcheck: { test: ['NONE'] } }, 'healthcheck'),
      'NONE as a text': rejected({ healthcheck: { test: 'none' } }, 'healthcheck'),
      disable: rejected({ healthcheck: { disable: true } }, 'healthcheck.disable'),
      'disable beside a test': rejected(
        { healthcheck: { test: ['CMD', '/x'], disable: 'yes' } },
        'healthcheck.disable',
      ),
    },
  },
  {
    rule: healthCheckWeak,
    accepts: {
      'isolated Python with a script of its own': withService(python('-I', '-S', '/opt/check.py')),
      'the flags in one word': withService(python('-ISB', '/opt/check.py')),
      'another program': withService(test('CMD', '/usr/sbin/rsyslogd', '-N1')),
      'none, which has a rule of its own': withService({ healthcheck: undefined }),
    },
    rejects: {
      'a print statement': weak(python('-c', 'print("healthy")')),
      'isolated inline code': weak(python('-I', '-S', '-c', 'pass')),
      'a module': weak(python('-I', '-S', '-m', 'check')),
      'Python that imports from anywhere': weak(python('/opt/check.py')),
      'Python without -S': weak(python('-I', '/opt/check.py')),
      'a script in the working folder': weak(python('-I', '-S', 'check.py')),
      'a shell': weak(test('CMD-SHELL', 'curl -f http://localhost')),
      'a text, which runs through a shell': weak({ healthcheck: { test: 'exit 0' } }),
      'a shell as the program': weak(test('CMD', '/bin/bash', '/opt/check.sh')),
      'a program that always says yes': weak(test('CMD', '/usr/bin/true')),
      'no program': weak(test('CMD')),
      'inline code of another language': weak(test('CMD', '/usr/bin/node', '-e', '0')),
      'a word from the environment': weak(
        python('-I', '-S', EnvRef.optional('C', '/opt/check.py')),
      ),
    },
  },
  {
    rule: healthCheckProgramRelative,
    accepts: { 'an absolute path': withService({}) },
    rejects: {
      'a name': weak(test('CMD', 'python3', '-I', '-S', '/opt/check.py')),
    },
  },
  {
    rule: healthCheckShadowed,
    accepts: { 'mounts elsewhere': withService({}) },
    rejects: {
      'a mount over the script’s folder': rejected(
        { volumes: [bind('./x', { target: '/opt/sandbox' })] },
        'volumes.0',
      ),
      'a tmpfs over the interpreter': rejected({ tmpfs: ['/usr:size=1m'] }, 'tmpfs.0'),
      'a config over the script': rejected(
        { configs: [{ source: 'x', target: '/opt/sandbox/healthcheck.py' }] },
        'configs.0',
      ),
    },
  },
  {
    rule: loggingDisabled,
    accepts: {
      'local logs': withService({}),
      'the engine’s default': withService({ logging: undefined }),
    },
    rejects: { 'the driver none': rejected(logging('none'), 'logging.driver') },
  },
  {
    rule: loggingDriverUnreviewed,
    accepts: {
      'drivers of the engine': withService(logging('local')),
      'a log server': withService(syslog('tcp+tls://logs.example.com:6514')),
      'the engine’s default': withService({ logging: {} }),
    },
    rejects: {
      'a plugin': rejected(logging('grafana/loki-docker-driver:latest'), 'logging.driver'),
      'a variable, even one whose default is known': rejected(
        { logging: { driver: EnvRef.optional('LOG_DRIVER', 'local') } },
        'logging.driver',
      ),
    },
  },
  {
    rule: logRotationMissing,
    accepts: {
      'rotated logs': withService({}),
      'the local driver, which rotates by itself': withService(logging('local')),
      'a log server': withService(syslog('tcp+tls://logs.example.com:6514')),
    },
    rejects: {
      nothing: rejected({ logging: undefined }, 'logging'),
      'no options': rejected(logging('json-file'), 'logging.options'),
      'no driver and no options': rejected({ logging: {} }, 'logging.options'),
      'only a size': rejected(logging('json-file', { 'max-size': '10m' }), 'logging.options'),
      'only a number of files': rejected(
        logging('json-file', { 'max-file': '3' }),
        'logging.options',
      ),
      'no limit in words': rejected(
        logging('json-file', { 'max-size': '-1', 'max-file': '3' }),
        'logging.options',
      ),
      'the local driver without a limit': rejected(
        logging('local', { 'max-size': -1 }),
        'logging.options',
      ),
    },
  },
  {
    rule: auditLoggingMissing,
    accepts: {
      'a log server': { level: 3, ...withService(syslog('tcp+tls://logs.example.com:6514')) },
    },
    rejects: {
      'local logs': { level: 3, ...rejected({}, 'logging') },
      nothing: { level: 2, ...rejected({ logging: undefined }, 'logging') },
    },
  },
  {
    rule: auditLogUnencrypted,
    accepts: {
      TLS: withService(syslog('tcp+tls://logs.example.com:6514')),
      'a relay on this host': withService(syslog('tcp://127.0.0.1:5514')),
      'a socket': withService(syslog('unixgram:///dev/log')),
      'local logs': withService({}),
      'TLS to a server that is known at start': withService(
        syslog(EnvRef.text`tcp+tls://${EnvRef.required('SIEM', 'log server')}:6514`),
      ),
    },
    rejects: {
      UDP: rejected(syslog('udp://logs.example.com:514'), 'logging.options'),
      TCP: rejected(syslog('tcp://10.0.0.9:514'), 'logging.options'),
      'a name that only begins like this host': rejected(
        syslog('tcp://localhost.example.com:514'),
        'logging.options',
      ),
      'TLS without a look at the certificate': rejected(
        syslog('tcp+tls://logs.example.com', { 'syslog-tls-skip-verify': 'true' }),
        'logging.options',
      ),
      'an address that only the environment knows': rejected(
        syslog(EnvRef.required('SIEM', 'log server')),
        'logging.options',
      ),
    },
  },
];
