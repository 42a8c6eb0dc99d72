/** Level-2 constructs: one intent each, secure by default. Level 1 is in ./compose. */
export { Agent, type AgentDescription, type AgentOptions } from './agent';
export * from './audit-logging';
export { HealthMonitor, type HealthMonitorProps } from './health-monitor';
export * from './isolated-network';
export { Mount, type RenderedMount } from './mount';
export * from './output-mount';
export * from './read-only-mount';
export * from './resource-limits';
export { SandboxImage, type DebianRelease, type SandboxImageProps } from './sandbox-image';
export { HOME, SandboxService, WORKSPACE, type SandboxServiceProps } from './sandbox-service';
export { HOST_USER, type ServiceUser } from './service-user';
export { TmpfsMount, type TmpfsMountProps } from './tmpfs-mount';
