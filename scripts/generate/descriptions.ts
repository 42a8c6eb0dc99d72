/** Descriptions of types and properties, with our own words where the specification has none. */
import type { PropertyModel, TypeModel } from './model';

const OWN: Readonly<Record<string, string>> = {
  DependsOn: 'Services that start first: by name, or with the condition to wait for.',
  Dependency: 'How a service waits for another one.',
  Device: 'A device of the host, made available in the container.',
  DeviceReservation: 'A device that is reserved for the container, such as a GPU.',
  EnvFileEntry: 'A file of environment variables.',
  FileGrant: 'A config or secret that a service is granted, and how its file appears.',
  GenericResource: 'A user-defined resource to reserve.',
  Gpu: 'GPUs that are made available in the container.',
  IpamPool: 'A range of addresses of a network.',
  PlacementPreference: 'Where the platform should rather place the containers.',
  Port: 'A port of the container, published on the host.',
  ProviderOptionsEntry: 'Value of one option of a provider.',
  ServiceModel: 'How a service learns of a model.',
  ServiceModels: 'Models of a service: by name, or with the variables that announce them.',
  ServiceNetwork: 'How a service joins a network.',
  ServiceNetworks: 'Networks of a service: by name, or with how it joins each.',
  Ulimit: 'Soft and hard limit of one resource.',
  VolumeMount: 'A host path, volume or tmpfs, mounted in the container.',
  Watch: 'Files to watch during development, and what to do when they change.',
  'Model.context_size': "Size of the context window, in tokens. Default: the model's own.",
  'Service.attach': 'Collect the logs of the service in an attached `up`. Default: true.',
};

export function typeDescription({ name, description }: TypeModel): string | undefined {
  return description ?? own(name);
}

export function propertyDescription(
  parent: TypeModel,
  { key, type, description }: PropertyModel,
): string | undefined {
  return description ?? own(`${parent.name}.${key}`) ?? typeDescription(type);
}

function own(name: string): string | undefined {
  return Object.hasOwn(OWN, name) ? OWN[name] : undefined;
}
