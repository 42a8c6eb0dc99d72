import { eachService } from '../checks';
import { containerPath, isWithin } from '../container-path';
import { refersTo } from '../path-rule';
import type { Rule } from '../rule';
import { entriesOf, mayBeTrue, show, textOf } from '../values';

const SOCKET_VARIABLES = new Set(['DOCKER_HOST', 'CONTAINER_HOST', 'BUILDKIT_HOST']);

const mounted = refersTo('engine-socket');

/** Compose's own way to hand over the socket, and variables that name one which is mounted. */
const handedOver = eachService((service, { mounts }) => {
  if (mayBeTrue(service.use_api_socket)) {
    const message = `received use_api_socket ${show(service.use_api_socket)}, which mounts the engine’s socket`;
    return { property: 'use_api_socket', message };
  }
  return entriesOf(service.environment).flatMap(({ name, value }) => {
    const socket = SOCKET_VARIABLES.has(name) ? containerPath(socketOf(textOf(value))) : undefined;
    const mount = socket && mounts.find(({ target }) => target && isWithin(socket, target));
    if (!mount) return [];
    const message = `${name} names ${show(socket)} as the engine’s socket, and a mount provides it`;
    return [{ property: mount.property, message }];
  });
});

function socketOf(address: string | undefined): string | undefined {
  return address?.replace(/^(?:unix|npipe):\/\/(?=\/)/, '');
}

/** No container engine's socket, under any name, symlink or parent folder. */
export const engineSocketMounted: Rule = {
  id: 'engine-socket-mounted',
  title: 'No socket or data folder of a container engine is mounted, nor a folder that holds one',
  severity: 'error',
  acknowledgeable: false,
  why: 'Whoever can talk to the engine is root on the host: one API call starts a privileged container with the whole disk in it.',
  fix: 'remove the mount; let an agent that must build images use a builder of its own behind a gateway',
  threats: ['F3'],
  controls: ['least-privilege'],
  check: (subject) => [...mounted(subject), ...handedOver(subject)],
};
