import { eachMount } from '../checks';
import type { Rule } from '../rule';

/** A missing folder is not made by the engine, as root. */
export const bindCreatesHostPath: Rule = {
  id: 'bind-creates-host-path',
  title: 'Bind mounts have create_host_path: false',
  severity: 'warning',
  acknowledgeable: true,
  why: 'The engine makes a missing source as root: the agent cannot write its output, and a typing error mounts an empty folder instead of failing.',
  fix: 'use the long syntax with bind.create_host_path false; ReadOnlyMount and OutputMount do',
  threats: ['F8'],
  controls: [],
  check: eachMount(({ type, createsSource, volume, source }) =>
    type === 'bind' && createsSource && volume === undefined
      ? `the engine makes ${source?.shown} when it is missing`
      : undefined,
  ),
};
