import { EnvRef } from '../../core/env-ref';
import { eachService } from '../checks';
import type { Rule } from '../rule';
import { entriesOf, textOf } from '../values';

const VARIABLES = new Set(['DOCKER_HOST', 'CONTAINER_HOST', 'BUILDKIT_HOST', 'DOCKER_CONTEXT']);
const LOCAL = /^(?:$|unix:|\/)/;

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
  check: eachService((service) =>
    entriesOf(service.environment)
      .filter(({ name }) => VARIABLES.has(name))
      .filter(({ value }) => EnvRef.is(value) || !LOCAL.test(textOf(value) ?? 'from the host'))
      .map(({ name, key }) => ({
        property: `environment.${key}`,
        message: `${name} names an engine that is not mounted`,
      })),
  ),
};
