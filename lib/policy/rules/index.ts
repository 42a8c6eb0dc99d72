/** Every rule, in the order in which docs/RULES.md lists them: what can never be accepted comes first. */
import type { Rule } from '../rule';
import { absoluteBindSource } from './absolute-bind-source';
import { apparmorUnconfined } from './apparmor-unconfined';
import { auditLogUnencrypted } from './audit-log-unencrypted';
import { auditLoggingMissing } from './audit-logging-missing';
import { bindCreatesHostPath } from './bind-creates-host-path';
import { buildContextRemote } from './build-context-remote';
import { buildEntitlement } from './build-entitlement';
import { buildHostNetwork } from './build-host-network';
import { buildSshForwarded } from './build-ssh-forwarded';
import { capabilitiesNotDropped } from './capabilities-not-dropped';
import { capabilityAdded } from './capability-added';
import { cgroupParentSet } from './cgroup-parent-set';
import { coreDumpsAllowed } from './core-dumps-allowed';
import { cpuLimitMissing } from './cpu-limit-missing';
import { credentialDirectoryMounted } from './credential-directory-mounted';
import { credentialSpecUsed } from './credential-spec-used';
import { customSecurityProfile } from './custom-security-profile';
import { dangerousCapabilityAdded } from './dangerous-capability-added';
import { dangerousSysctl } from './dangerous-sysctl';
import { deviceAttached } from './device-attached';
import { deviceCgroupRules } from './device-cgroup-rules';
import { dnsConfigured } from './dns-configured';
import { dockerfileAdd } from './dockerfile-add';
import { dockerfilePipeToShell } from './dockerfile-pipe-to-shell';
import { dockerfileRootUser } from './dockerfile-root-user';
import { dockerfileUnseen } from './dockerfile-unseen';
import { documentNotSelfContained } from './document-not-self-contained';
import { duplicateMountTarget } from './duplicate-mount-target';
import { engineRemoteAccess } from './engine-remote-access';
import { engineSocketMounted } from './engine-socket-mounted';
import { envFileUsed } from './env-file-used';
import { environmentFromHost } from './environment-from-host';
import { externalLinks } from './external-links';
import { externalNetwork } from './external-network';
import { externalVolume } from './external-volume';
import { extraHostsSet } from './extra-hosts-set';
import { gpuAttached } from './gpu-attached';
import { gvisorMissing } from './gvisor-missing';
import { gvisorOptional } from './gvisor-optional';
import { healthCheckMissing } from './health-check-missing';
import { healthCheckProgramRelative } from './health-check-program-relative';
import { healthCheckShadowed } from './health-check-shadowed';
import { healthCheckWeak } from './health-check-weak';
import { homeDirectoryMounted } from './home-directory-mounted';
import { hookAsRoot } from './hook-as-root';
import { hostCgroupNamespace } from './host-cgroup-namespace';
import { hostIpc } from './host-ipc';
import { hostNetwork } from './host-network';
import { hostPid } from './host-pid';
import { hostReachable } from './host-reachable';
import { hostRootMounted } from './host-root-mounted';
import { hostSocketMounted } from './host-socket-mounted';
import { hostUserNamespace } from './host-user-namespace';
import { hostUts } from './host-uts';
import { imageNotPinned } from './image-not-pinned';
import { imageTagLatest } from './image-tag-latest';
import { initMissing } from './init-missing';
import { ipcShareable } from './ipc-shareable';
import { loaderVariableSet } from './loader-variable-set';
import { logRotationMissing } from './log-rotation-missing';
import { loggingDisabled } from './logging-disabled';
import { loggingDriverUnreviewed } from './logging-driver-unreviewed';
import { memoryLimitMissing } from './memory-limit-missing';
import { modelAttached } from './model-attached';
import { mountOverSystemDirectory } from './mount-over-system-directory';
import { mountPropagation } from './mount-propagation';
import { mountSourceFromEnvironment } from './mount-source-from-environment';
import { networkIpv6 } from './network-ipv6';
import { networkNotAirGapped } from './network-not-air-gapped';
import { networkNotInternal } from './network-not-internal';
import { noNewPrivilegesMissing } from './no-new-privileges-missing';
import { openFilesLimitMissing } from './open-files-limit-missing';
import { outOfMemoryProtected } from './out-of-memory-protected';
import { outputOverlapsSource } from './output-overlaps-source';
import { outputShared } from './output-shared';
import { pidsLimitMissing } from './pids-limit-missing';
import { portPublished } from './port-published';
import { privilegedBuild } from './privileged-build';
import { privilegedService } from './privileged-service';
import { providerUsed } from './provider-used';
import { restartUnbounded } from './restart-unbounded';
import { rootFilesystemWritable } from './root-filesystem-writable';
import { rootGroup } from './root-group';
import { rootUser } from './root-user';
import { runtimeAnnotation } from './runtime-annotation';
import { seccompUnconfined } from './seccomp-unconfined';
import { secretInDockerfile } from './secret-in-dockerfile';
import { secretInDocument } from './secret-in-document';
import { secretInEnvironment } from './secret-in-environment';
import { securityOptionUnknown } from './security-option-unknown';
import { selinuxDisabled } from './selinux-disabled';
import { serviceReplicated } from './service-replicated';
import { sessionSocketMounted } from './session-socket-mounted';
import { sharedMemoryUnbounded } from './shared-memory-unbounded';
import { sharedNamespace } from './shared-namespace';
import { sourceWritable } from './source-writable';
import { swapAllowed } from './swap-allowed';
import { systemDirectoryMounted } from './system-directory-mounted';
import { systemPathsUnmasked } from './system-paths-unmasked';
import { tlsVerificationDisabled } from './tls-verification-disabled';
import { tmpfsInodesUnlimited } from './tmpfs-inodes-unlimited';
import { tmpfsOptionsWeak } from './tmpfs-options-weak';
import { tmpfsUnsized } from './tmpfs-unsized';
import { unboundedVolume } from './unbounded-volume';
import { volumeDriverUnreviewed } from './volume-driver-unreviewed';
import { volumesFrom } from './volumes-from';
import { wallFromEnvironment } from './wall-from-environment';
import { watchWritesIntoContainer } from './watch-writes-into-container';

export const RULES: readonly Rule[] = [
  engineSocketMounted,
  privilegedService,
  privilegedBuild,
  hostNetwork,
  hostPid,
  hostIpc,
  hostUserNamespace,
  hostUts,
  hostCgroupNamespace,
  sharedNamespace,
  hostRootMounted,
  homeDirectoryMounted,
  credentialDirectoryMounted,
  sessionSocketMounted,
  seccompUnconfined,
  apparmorUnconfined,
  selinuxDisabled,
  systemPathsUnmasked,
  wallFromEnvironment,
  duplicateMountTarget,
  documentNotSelfContained,
  loaderVariableSet,
  networkNotAirGapped,
  networkNotInternal,
  externalNetwork,
  networkIpv6,
  portPublished,
  hostReachable,
  extraHostsSet,
  dnsConfigured,
  externalLinks,
  engineRemoteAccess,
  modelAttached,
  rootUser,
  rootGroup,
  capabilitiesNotDropped,
  capabilityAdded,
  dangerousCapabilityAdded,
  noNewPrivilegesMissing,
  customSecurityProfile,
  securityOptionUnknown,
  deviceAttached,
  gpuAttached,
  deviceCgroupRules,
  dangerousSysctl,
  ipcShareable,
  cgroupParentSet,
  credentialSpecUsed,
  hookAsRoot,
  providerUsed,
  runtimeAnnotation,
  gvisorMissing,
  gvisorOptional,
  rootFilesystemWritable,
  sourceWritable,
  outputOverlapsSource,
  outputShared,
  tmpfsUnsized,
  tmpfsInodesUnlimited,
  tmpfsOptionsWeak,
  unboundedVolume,
  externalVolume,
  volumeDriverUnreviewed,
  volumesFrom,
  bindCreatesHostPath,
  mountPropagation,
  systemDirectoryMounted,
  hostSocketMounted,
  mountSourceFromEnvironment,
  absoluteBindSource,
  mountOverSystemDirectory,
  watchWritesIntoContainer,
  memoryLimitMissing,
  swapAllowed,
  cpuLimitMissing,
  pidsLimitMissing,
  openFilesLimitMissing,
  coreDumpsAllowed,
  sharedMemoryUnbounded,
  outOfMemoryProtected,
  restartUnbounded,
  initMissing,
  serviceReplicated,
  healthCheckMissing,
  healthCheckWeak,
  healthCheckProgramRelative,
  healthCheckShadowed,
  loggingDisabled,
  loggingDriverUnreviewed,
  logRotationMissing,
  auditLoggingMissing,
  auditLogUnencrypted,
  secretInEnvironment,
  environmentFromHost,
  envFileUsed,
  secretInDocument,
  tlsVerificationDisabled,
  imageNotPinned,
  imageTagLatest,
  dockerfileUnseen,
  dockerfileRootUser,
  dockerfileAdd,
  dockerfilePipeToShell,
  secretInDockerfile,
  buildEntitlement,
  buildSshForwarded,
  buildContextRemote,
  buildHostNetwork,
];
