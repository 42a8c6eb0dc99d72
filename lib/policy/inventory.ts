/** What a subject holds, worked out once for all rules: services with their mounts, and host paths. */
import type { ServiceDocument } from '../compose/generated/document';
import { dockerfileOf, type ServiceDockerfile } from './service-dockerfile';
import { documentReferences, serviceReferences, type HostReference } from './host-references';
import { mountsOf, type Mount } from './mounts';
import type { PolicySubject } from './rule';
import { isRecord, recordOf } from './values';
import { volumeSources } from './volume-sources';

export interface ServiceEntry {
  readonly name: string;
  readonly service: ServiceDocument;
  readonly mounts: readonly Mount[];
  /** Nothing when the service builds no image. */
  readonly dockerfile?: ServiceDockerfile;
}

export interface Inventory {
  readonly services: readonly ServiceEntry[];
  readonly references: readonly HostReference[];
}

let last: { readonly subject: PolicySubject; readonly inventory: Inventory } | undefined;

/** The inventory of a subject, which does not change. All rules ask for the same one in a row. */
export function inventoryOf(subject: PolicySubject): Inventory {
  if (last?.subject !== subject) last = { subject, inventory: takeInventory(subject) };
  return last.inventory;
}

function takeInventory(subject: PolicySubject): Inventory {
  const { document, paths } = subject;
  const volumes = recordOf(document.volumes);
  const volumeSource = (name: string) =>
    Object.hasOwn(volumes, name) ? volumeSources(recordOf(volumes[name]), paths)[0] : undefined;
  const services: ServiceEntry[] = [];
  const references: HostReference[] = [];
  for (const [name, service] of Object.entries(recordOf(document.services))) {
    if (!isRecord(service)) continue;
    const mounts = mountsOf(service, paths, volumeSource);
    services.push({ name, service, mounts, dockerfile: dockerfileOf(service, subject) });
    references.push(...serviceReferences(service, `services.${name}`, mounts, paths));
  }
  references.push(...documentReferences(document, paths));
  return { services, references };
}
