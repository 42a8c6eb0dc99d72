/** Limits of a service, wherever Compose lets one write them. */
import type { ServiceDocument } from '../compose/generated/document';
import { isRecord, recordOf } from './values';

/** `mem_limit`, or the memory of `deploy.resources.limits`. */
export function memoryLimit(service: ServiceDocument): unknown {
  return service.mem_limit ?? limitOf(service, 'memory');
}

/** A limit of `deploy.resources.limits`. */
export function limitOf(service: ServiceDocument, key: 'cpus' | 'memory' | 'pids'): unknown {
  if (service.deploy === undefined) return undefined;
  return recordOf(recordOf(recordOf(service.deploy).resources).limits)[key];
}

/** The hard limit of a ulimit: `nofile: 1024`, or `{ soft, hard }`. */
export function hardUlimit(service: ServiceDocument, name: string): unknown {
  const limit = recordOf(service.ulimits)[name];
  return isRecord(limit) ? limit.hard : limit;
}
