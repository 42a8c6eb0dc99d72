/**
 * Names of generated types and props. A type is named after the place where it stands in the
 * schema (`service.blkio_config` gives ServiceBlkioConfig) unless it is better known otherwise.
 */

/** Better names for what the rule would give; children build on the better name. */
const BETTER: Readonly<Record<string, string>> = {
  Deployment: 'Deploy',
  Development: 'Develop',
  DeployResourcesLimits: 'ResourceLimits',
  DeployResourcesReservations: 'ResourceReservations',
  DeployRestartPolicy: 'RestartPolicy',
  DeployPlacement: 'Placement',
  DeployRollbackConfig: 'RollbackConfig',
  DeployUpdateConfig: 'UpdateConfig',
  Devices: 'DeviceReservations',
  DeviceReservationsItem: 'DeviceReservation',
  DevelopWatchItem: 'Watch',
  EnvFileItem: 'EnvFileEntry',
  ExtraHostsEntry: 'HostAddresses',
  GenericResourceDiscreteResourceSpec: 'DiscreteResource',
  GenericResourcesItem: 'GenericResource',
  GpusItem: 'Gpu',
  ListOrDict: 'ListOrMap',
  ListOrDictEntry: 'MapValue',
  NetworkIpam: 'Ipam',
  IpamConfigItem: 'IpamPool',
  PlacementPreferencesItem: 'PlacementPreference',
  ServiceBlkioConfig: 'BlkioConfig',
  ServiceBuild: 'Build',
  ServiceConfigOrSecret: 'FileGrants',
  FileGrantsItem: 'FileGrant',
  ServiceCredentialSpec: 'CredentialSpec',
  ServiceDependsOn: 'DependsOn',
  DependsOnEntry: 'Dependency',
  ServiceDevicesItem: 'Device',
  ServiceExtends: 'Extends',
  ServiceLogging: 'Logging',
  ServiceModelsEntry: 'ServiceModel',
  ServiceNetworksEntry: 'ServiceNetwork',
  ServicePortsItem: 'Port',
  ServiceProvider: 'Provider',
  ServiceVolumesItem: 'VolumeMount',
  UlimitsEntry: 'Ulimit',
  VolumeMountBind: 'BindOptions',
  VolumeMountVolume: 'VolumeOptions',
  VolumeMountTmpfs: 'TmpfsOptions',
  VolumeMountImage: 'ImageOptions',
};

/** `blkio_config` to BlkioConfig, with the better name where there is one. */
export function typeName(parent: string, key: string): string {
  const camel = propName(key);
  const name = parent + camel.charAt(0).toUpperCase() + camel.slice(1);
  return Object.hasOwn(BETTER, name) ? BETTER[name]! : name;
}

/** `read_only` to `readOnly`. */
export function propName(key: string): string {
  return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
