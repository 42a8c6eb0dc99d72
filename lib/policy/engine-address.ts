/** Variables that tell a container engine's client where the engine is. */
import type { ServiceDocument } from '../compose/generated/document';
import { containerPath, isWithin } from './container-path';
import type { Mount } from './mounts';
import { entriesOf, textOf } from './values';

const VARIABLES = new Set(['DOCKER_HOST', 'CONTAINER_HOST', 'BUILDKIT_HOST', 'DOCKER_CONTEXT']);

export function isEngineVariable(name: string): boolean {
  return VARIABLES.has(name);
}

export interface NamedSocket {
  /** The variable. */
  readonly name: string;
  /** The socket's path inside. */
  readonly socket: string;
  /** The mount in which it lies. */
  readonly mount: Mount;
}

/** The engine sockets that variables of a service name, and that a mount provides. */
export function socketsNamed(service: ServiceDocument, mounts: readonly Mount[]): NamedSocket[] {
  return entriesOf(service.environment).flatMap(({ name, value }) => {
    if (!isEngineVariable(name)) return [];
    const socket = containerPath(textOf(value)?.replace(/^unix:\/\/(?=\/)/, ''));
    const mount = socket && mounts.find(({ target }) => target && isWithin(socket, target));
    return mount ? [{ name, socket, mount }] : [];
  });
}
