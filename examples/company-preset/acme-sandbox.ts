/**
 * A company's own preset: Level 3 with what security at Acme has decided. Projects say what is theirs
 * (source and agents); the rest is settled here, once, and reviewed here. Published as a package, see
 * docs/COMPANY-PRESETS.md.
 */
import type { Construct } from 'constructs';
import { EnvRef, Level3Sandbox, SandboxImage, Size, type Level3SandboxProps } from 'sandbox-cdk';

/** What a project may choose. Everything else of `Level3SandboxProps` is Acme's. */
export interface AcmeSandboxProps extends Pick<
  Level3SandboxProps,
  'source' | 'agents' | 'mounts' | 'packages'
> {
  /** Team that answers for the sandbox; becomes a label. */
  readonly team: string;
}

/** A placeholder: take the digest of your own mirror's image. */
const DIGEST = `sha256:${'0'.repeat(64)}`;

const LOG_SERVER = EnvRef.required('ACME_LOG_SERVER', 'host and port of the log server');

export class AcmeSandbox extends Level3Sandbox {
  constructor(scope: Construct, id: string, { team, ...props }: AcmeSandboxProps) {
    super(scope, id, {
      ...props,
      image: SandboxImage.debian('trixie', { digest: DIGEST }),
      resources: { cpus: 4, memory: Size.gibibytes(8), pids: 512 },
      audit: { syslog: { address: EnvRef.text`tcp+tls://${LOG_SERVER}`, facility: 'local3' } },
      dataClassification: 'confidential',
      labels: { 'com.acme.team': team },
    });
  }
}
