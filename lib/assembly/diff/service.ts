/**
 * The table of all classifiers of a service's properties. A property that is not in it is told as it is,
 * without a judgement.
 */
import type { Verdict } from './change';
import { grants, plain, type Classifier, type Subject } from './classifier';
import { build, hooks, image } from './images';
import * as limits from './limits';
import { volumes, volumesFrom } from './mounts';
import * as network from './network';
import * as privileges from './privileges';
import { tmpfs } from './tmpfs';
import { get, same, show, type Plain } from './values';
import { entries, healthcheck, logging } from './watching';

const secret = grants(
  (item) => `can now read the secret ${show(item)}`,
  (item) => `can no longer read the secret ${show(item)}`,
);

/** Taken from elsewhere, and not to be seen here. */
const unseen = (what: string): Classifier =>
  function* (before, after, { name }) {
    const effect = after === undefined ? 'narrows' : 'broadens';
    const told = after === undefined ? 'nothing any more' : `${show(after)} now`;
    yield { before, after, effect, summary: `${name} takes ${what} from ${told}` };
  };

const CLASSIFIERS: Readonly<Record<string, Classifier>> = {
  annotations: entries('annotation'),
  build,
  cap_add: privileges.addedCapabilities,
  cap_drop: privileges.droppedCapabilities,
  cgroup: privileges.namespace('control group', ['private']),
  cgroup_parent: privileges.cgroupParent,
  configs: plain(['configs']),
  cpus: limits.cpus,
  credential_spec: unseen('credentials'),
  deploy: limits.deploy,
  device_cgroup_rules: privileges.devices,
  devices: privileges.devices,
  dns: network.dns,
  dns_opt: plain(['dns_opt']),
  dns_search: network.dns,
  env_file: plain(['environment from']),
  environment: entries('environment variable'),
  extends: unseen('settings'),
  external_links: network.links,
  extra_hosts: network.extraHosts,
  gpus: privileges.devices,
  group_add: privileges.groups,
  healthcheck,
  image,
  ipc: privileges.namespace('shared memory', ['private', 'none']),
  labels: entries('label'),
  links: network.links,
  logging,
  mem_limit: limits.memory,
  memswap_limit: limits.memoryAndSwap,
  network_mode: network.networkMode,
  networks: network.networks,
  oom_kill_disable: limits.oomKillDisable,
  pid: privileges.namespace('process table', ['']),
  pids_limit: limits.pids,
  ports: network.ports,
  post_start: hooks,
  pre_stop: hooks,
  privileged: privileges.privileged,
  provider: unseen('everything'),
  read_only: privileges.readOnlyRoot,
  runtime: privileges.runtime,
  secrets: secret,
  security_opt: privileges.securityOptions,
  shm_size: limits.sharedMemory,
  sysctls: entries('kernel setting'),
  tmpfs,
  ulimits: limits.ulimits,
  use_api_socket: privileges.engineSocket,
  user: privileges.user,
  userns_mode: privileges.namespace('user namespace', ['']),
  uts: privileges.namespace('host name', ['']),
  volumes,
  volumes_from: volumesFrom,
};

/** What a new service is compared with: whatever it lacks of this is worth a look. */
const HARDENED: Plain = {
  network_mode: 'none',
  read_only: true,
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  user: '${USER}',
  mem_limit: '1024t',
  memswap_limit: '1024t',
  cpus: 1_000_000,
  pids_limit: 1_000_000,
  healthcheck: { test: ['CMD', 'true'] },
};

/** Every difference between two states of a service. */
export function* diffService(name: string, before: Plain, after: Plain): Iterable<Verdict> {
  yield* compare({ name, before, after, isNew: false });
}

/** Every wall that a service does not have, which was not there before. */
export function* departures(name: string, after: Plain): Iterable<Verdict> {
  for (const verdict of compare({ name, before: HARDENED, after, isNew: true })) {
    if (verdict.effect === 'broadens') yield { ...verdict, before: undefined };
  }
}

function* compare(subject: Subject): Iterable<Verdict> {
  const { before, after } = subject;
  for (const property of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [one, other] = [get(before, property), get(after, property)];
    if (same(one, other)) continue;
    const known = Object.hasOwn(CLASSIFIERS, property);
    const classify = known ? CLASSIFIERS[property]! : plain([property]);
    for (const verdict of classify(one, other, subject)) {
      yield { ...verdict, at: [property, ...(verdict.at ?? [])] };
    }
  }
}
