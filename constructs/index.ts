/** Level-2 constructs: one intent each, secure by default. Level 1 is in ./compose. */
export { Agent, type AgentDescription, type AgentOptions } from './agent';
export {
  AuditLogging,
  SYSLOG_FACILITIES,
  type AuditLoggingProps,
  type SyslogFacility,
  type SyslogTarget,
} from './audit-logging';
export { HealthMonitor, type HealthMonitorProps } from './health-monitor';
export { IsolatedNetwork, type IsolatedNetworkProps, type NetworkMode } from './isolated-network';
export { Mount, type RenderedMount } from './mount';
export { OutputMount, type OutputMountProps } from './output-mount';
export { ReadOnlyMount, type ReadOnlyMountProps } from './read-only-mount';
export { ResourceLimits, type ResourceLimitsProps } from './resource-limits';
export { SandboxImage, type DebianRelease, type SandboxImageProps } from './sandbox-image';
export { HOME, SandboxService, WORKSPACE, type SandboxServiceProps } from './sandbox-service';
export { HOST_USER, type ServiceUser } from './service-user';
export { TmpfsMount, type TmpfsMountProps } from './tmpfs-mount';
