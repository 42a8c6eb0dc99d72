import * as fc from 'fast-check';
import {
  AuditLogging,
  SandboxService,
  SYSLOG_FACILITIES,
  type AuditLoggingProps,
} from '../../constructs';
import { EnvRef } from '../../lib/core/env-ref';
import { Size } from '../../lib/core/size';
import { anyText } from '../core/texts';
import { agentIn, IMAGE, lab, problemsOf, rendered } from './lab';

function loggingOf(props?: AuditLoggingProps) {
  const sandbox = lab();
  const agent = agentIn(sandbox);
  new AuditLogging(sandbox, 'audit', props).record(agent);
  return rendered(agent).logging;
}

function syslog(target: object) {
  return loggingOf({ syslog: { address: 'udp://h', ...target } });
}

test('local logs are rotated, also those of a service that nobody records', () => {
  const rotated = { driver: 'json-file', options: { 'max-file': '5', 'max-size': '10m' } };
  expect(loggingOf()).toEqual(rotated);
  expect(rendered(agentIn(lab())).logging).toEqual(rotated);
  expect(loggingOf({ maxFiles: 2, maxFileSize: Size.kibibytes(64) })).toEqual({
    driver: 'json-file',
    options: { 'max-file': '2', 'max-size': '64k' },
  });
});

test('records go to a syslog server in the format of RFC 5424, tagged with sandbox and service', () => {
  expect(syslog({ address: 'tcp+tls://logs.example.com:6514' })).toEqual({
    driver: 'syslog',
    options: {
      'syslog-address': 'tcp+tls://logs.example.com:6514',
      'syslog-facility': 'local0',
      'syslog-format': 'rfc5424micro',
      tag: 'lab/agent',
    },
  });
  expect(syslog({ facility: 'local3', tag: 'acme.agent' })!.options).toMatchObject({
    'syslog-facility': 'local3',
    tag: 'acme.agent',
  });
});

test('the address can be known only at start', () => {
  const address = EnvRef.required('SIEM', 'address of the log server');
  expect(syslog({ address })!.options).toMatchObject({
    'syslog-address': '${SIEM:?address of the log server}',
  });
});

test.each([
  ...['udp://logs.example.com:514', 'tcp://10.0.0.1:601', 'tcp+tls://[::1]:6514', 'udp://h'],
  ...['unix:///dev/log', 'unixgram:///run/systemd/journal/syslog'],
])('%s is an address', (address) => {
  expect(syslog({ address })!.options).toMatchObject({ 'syslog-address': address });
});

test.each([
  ...['', 'logs.example.com', 'http://h', 'tcp://', 'tcp://h:', 'tcp://h:123456', 'tcp://h/path'],
  ...[
    'tcp://user:password@h:1',
    'tcp://-h',
    'unix://dev/log',
    'udp://h\n',
    'udp://h?x=1',
    'udp://$X',
  ],
])('%j is no address', (address) => {
  expect(problemsOf(() => syslog({ address }))).toEqual([
    expect.stringContaining('syslog.address: received'),
  ]);
});

test('no text whatever brings credentials or a second line into the address or the tag', () => {
  const start = fc.constantFrom('udp://', 'tcp+tls://h', 'unix:///');
  fc.assert(
    fc.property(anyText, start, (text, scheme) => {
      for (const target of [{ address: scheme + text }, { tag: text }]) {
        const options = optionsOf(target);
        expect(options['syslog-address']).toMatch(/^[!-?A-~]+$/);
        expect(options['tag']).toMatch(/^[\w./-]+$/);
      }
    }),
  );
});

test('every facility of the RFC is known, another one is refused', () => {
  expect(SYSLOG_FACILITIES).toHaveLength(20);
  expect(problemsOf(() => syslog({ facility: 'local8' }))).toEqual([
    expect.stringContaining('syslog.facility: received "local8"; allowed: one of kern, user'),
  ]);
});

test('limits for local logs and a server exclude each other', () => {
  const props = { syslog: { address: 'udp://h' }, maxFiles: 3 };
  expect(problemsOf(() => new AuditLogging(lab(), 'audit', props))).toEqual([
    'AuditLogging: received syslog and a limit for local logs; allowed: one of them; remove syslog, or maxFileSize and maxFiles',
  ]);
});

test('a service is recorded once, by as many calls as one likes', () => {
  const sandbox = lab();
  const agent = agentIn(sandbox);
  const other = new SandboxService(sandbox, 'other', { image: IMAGE });
  const audit = new AuditLogging(sandbox, 'audit', { maxFiles: 9 })
    .record(agent, other)
    .record(agent);
  expect(rendered(other).logging).toMatchObject({ options: { 'max-file': '9' } });
  expect(problemsOf(() => new AuditLogging(sandbox, 'second').record(agent))).toEqual([
    'AuditLogging: lab/agent is recorded by lab/audit already; allowed: one AuditLogging a service; record the service once',
  ]);
  expect(audit.node.path).toBe('lab/audit');
});

/** The driver's options, or harmless ones when the target was refused. */
function optionsOf(target: object): Record<string, string> {
  try {
    return syslog(target)!.options as Record<string, string>;
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_PROPS' });
    return { 'syslog-address': 'refused', tag: 'refused' };
  }
}
