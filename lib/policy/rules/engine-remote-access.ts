import { EnvRef } from '../../core/env-ref';
import { eachService } from '../checks';
import { isEngineVariable, socketsNamed } from '../engine-address';
import type { Rule } from '../rule';
import { entriesOf, textOf } from '../values';

/** No container engine at the other end of a network either. */
export const engineRemoteAccess: Rule = {
  id: 'engine-remote-access',
  title: 'No service is given the address of a container engine',
  severity: 'error',
  acknowledgeable: true,
  why: 'An engine that answers over the network gives away the machine it runs on, as its socket would.',
  fix: 'remove the variable',
  threats: ['F3', 'N6'],
  controls: ['least-privilege'],
  check: eachService((service, { mounts }) => {
    const named = entriesOf(service.environment).filter(({ name }) => isEngineVariable(name));
    if (named.length === 0) return undefined;
    const shared = socketsNamed(service, mounts).filter(({ mount }) => mount.type === 'volume');
    return named
      .filter(({ name, value }) => {
        return isRemote(value) || shared.some((socket) => socket.name === name);
      })
      .map(({ name, key }) => ({
        property: `environment.${key}`,
        message: `${name} names an engine outside of this host’s own`,
      }));
  }),
};

function isRemote(value: unknown): boolean {
  return EnvRef.is(value) || !/^(?:$|unix:|\/)/.test(textOf(value) ?? 'of the host');
}
