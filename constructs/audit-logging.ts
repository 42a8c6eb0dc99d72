/** Where a service's output goes, and what is kept of it. */
import type { Construct } from 'constructs';
import * as z from 'zod';
import { SandboxConstruct } from '../lib/core/construct';
import type { EnvRef } from '../lib/core/env-ref';
import { invalidProps, parseProps } from '../lib/core/props';
import { Sandbox } from '../lib/core/sandbox';
import * as schemas from '../lib/core/schemas';
import { Size } from '../lib/core/size';
import type { ComposeLoggingProps } from './compose';
import type { SandboxService } from './sandbox-service';

/** Facilities of RFC 5424, section 6.2.1, as the engine's syslog driver names them. */
export const SYSLOG_FACILITIES = [
  'kern',
  'user',
  'mail',
  'daemon',
  'auth',
  'syslog',
  'lpr',
  'news',
  'uucp',
  'cron',
  'authpriv',
  'ftp',
  'local0',
  'local1',
  'local2',
  'local3',
  'local4',
  'local5',
  'local6',
  'local7',
] as const;

export type SyslogFacility = (typeof SYSLOG_FACILITIES)[number];

/** A syslog server that the engine itself sends the records to. */
export interface SyslogTarget {
  /**
   * `udp://`, `tcp://` or `tcp+tls://` with host and port, or `unix://` and `unixgram://` with a
   * path; no credentials. Over TCP the server must answer before the service can start.
   */
  readonly address: string | EnvRef;
  /** Default: `local0`. */
  readonly facility?: SyslogFacility;
  /** Letters, digits and `._/-`, at most 48. Default: `SANDBOX/SERVICE`. */
  readonly tag?: string;
}

export interface AuditLoggingProps {
  /** Send records to a syslog server, in the format of RFC 5424. Default: rotated local logs. */
  readonly syslog?: SyslogTarget;
  /** Local logs: the size at which a file is rotated, at least 64 KiB. Default: 10 MiB. */
  readonly maxFileSize?: Size;
  /** Local logs: files kept, 1 to 1,000. Default: 5. */
  readonly maxFiles?: number;
}

const ADDRESS =
  /^(?:(?:udp|tcp|tcp\+tls):\/\/(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d{1,5})?|unix(?:gram)?:\/\/\/[!-9;-?A-~]+)$/i;

/** @internal */
export const auditLoggingProps = z.strictObject({
  syslog: z
    .strictObject({
      address: z.union(
        [
          z
            .string()
            .regex(
              ADDRESS,
              'udp://, tcp:// or tcp+tls:// with host and port and no credentials, or unix:// with a path',
            ),
          schemas.envRef(),
        ],
        'an address or an EnvRef',
      ),
      facility: z.enum(SYSLOG_FACILITIES, `one of ${SYSLOG_FACILITIES.join(', ')}`).optional(),
      tag: z
        .string('a text')
        .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,47}$/, 'letters, digits and ._/-, at most 48')
        .optional(),
    })
    .optional(),
  maxFileSize: schemas.size
    .refine((size) => size.toBytes() >= 65_536, 'at least 64 KiB')
    .optional(),
  maxFiles: z.int('a whole number').min(1, 'at least 1').max(1000, 'at most 1000').optional(),
});

/**
 * Records what services write, and keeps it within a limit.
 *
 * Local logs are rotated, so that a flood fills no disk. With `syslog`, the engine's own driver
 * sends every record, with facility and tag, in RFC 5424 format with microseconds.
 *
 * Rules: `log-rotation-missing`, `logging-disabled`.
 *
 * @throws InvalidPropsError for unknown or invalid props
 * @see RFC 5424; Docker, "Syslog logging driver"
 * @example
 * import { App, AuditLogging, Level2Sandbox } from 'sandbox-cdk';
 *
 * const sandbox = new Level2Sandbox(new App(), 'payments', {
 *   source: '.',
 *   audit: { syslog: { address: 'tcp+tls://logs.example.com:6514', facility: 'local3' } },
 * });
 */
export class AuditLogging extends SandboxConstruct {
  private readonly props: z.output<typeof auditLoggingProps>;

  constructor(scope: Construct, id: string, props: AuditLoggingProps = {}) {
    super(scope, id);
    const owner = { kind: 'AuditLogging', scope, id };
    this.props = parseProps(auditLoggingProps, props, owner);
    const { syslog, maxFileSize, maxFiles } = this.props;
    if (syslog && (maxFileSize ?? maxFiles) !== undefined) {
      throw invalidProps(owner, [
        {
          message: 'received syslog and a limit for local logs; allowed: one of them',
          fix: 'remove syslog, or maxFileSize and maxFiles',
        },
      ]);
    }
  }

  /** Records the output of these services. A service is recorded by one AuditLogging only. */
  record(...services: SandboxService[]): this {
    for (const service of services) service.recordWith(this);
    return this;
  }

  /** The `logging` section of a service. */
  render(service: SandboxService): ComposeLoggingProps {
    const { syslog } = this.props;
    if (!syslog) return rotatedLocalLogs(this.props);
    const { address, facility, tag } = syslog;
    return {
      driver: 'syslog',
      options: {
        'syslog-address': address,
        'syslog-facility': facility ?? 'local0',
        'syslog-format': 'rfc5424micro',
        tag: tag ?? `${Sandbox.of(this).sandboxName}/${service.serviceName}`,
      },
    };
  }
}

/** Local logs that cannot fill the disk; also what a service without AuditLogging has. */
export function rotatedLocalLogs(
  limits: { maxFileSize?: Size; maxFiles?: number } = {},
): ComposeLoggingProps {
  const { maxFileSize = Size.mebibytes(10), maxFiles = 5 } = limits;
  return {
    driver: 'json-file',
    options: { 'max-size': maxFileSize.toCompose(), 'max-file': String(maxFiles) },
  };
}
