import { eachService, refersTo } from '../checks';
import type { Rule } from '../rule';
import { socketsNamed } from '../engine-address';
import { mayBeTrue, show } from '../values';

const mounted = refersTo('engine-socket');

/** Compose's own way to hand over the socket, and variables that name one which is mounted. */
const handedOver = eachService((service, { mounts }) => {
  if (mayBeTrue(service.use_api_socket)) {
    const message = `received use_api_socket ${show(service.use_api_socket)}, which mounts the engine’s socket`;
    return { property: 'use_api_socket', message };
  }
  return socketsNamed(service, mounts)
    .filter(({ mount }) => mount.type === 'bind')
    .map(({ name, socket, mount }) => ({
      property: mount.property,
      message: `${name} names ${show(socket)} as the engine’s socket, and a mount provides it`,
    }));
});

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
