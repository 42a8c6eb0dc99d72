/** The order of keys in the generated file: the one a person would choose when writing it by hand. */

const DOCUMENT = ['name', 'services', 'networks', 'volumes', 'secrets', 'configs', 'models'];

// What it is, what it runs, whom it runs as, its walls, its files, its limits, how it is watched.
const SERVICE = [
  'image',
  'build',
  'pull_policy',
  'platform',
  'runtime',
  'init',
  'user',
  'group_add',
  'hostname',
  'working_dir',
  'entrypoint',
  'command',
  'environment',
  'env_file',
  'network_mode',
  'networks',
  'dns',
  'extra_hosts',
  'ports',
  'expose',
  'privileged',
  'read_only',
  'cap_drop',
  'cap_add',
  'security_opt',
  'ipc',
  'pid',
  'userns_mode',
  'cgroup',
  'devices',
  'sysctls',
  'tmpfs',
  'shm_size',
  'volumes',
  'secrets',
  'configs',
  'cpus',
  'mem_limit',
  'memswap_limit',
  'pids_limit',
  'ulimits',
  'depends_on',
  'healthcheck',
  'restart',
  'stop_signal',
  'stop_grace_period',
  'logging',
  'labels',
];

const BUILD = ['context', 'dockerfile', 'additional_contexts', 'args', 'network', 'target'];
const MOUNT = ['type', 'source', 'target', 'read_only', 'bind', 'volume', 'tmpfs'];
const HEALTHCHECK = ['test', 'interval', 'timeout', 'retries', 'start_period', 'start_interval'];
const LOGGING = ['driver', 'options'];

/** The object's keys, known ones first in their order, the rest sorted by code point. */
export function orderedKeys(object: object, path: readonly string[]): string[] {
  const order = orderAt(path);
  const rank = (key: string) => order?.get(key) ?? Number.MAX_SAFE_INTEGER;
  return Object.keys(object).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
}

const ORDERS = new Map(
  Object.entries({ DOCUMENT, SERVICE, BUILD, MOUNT, HEALTHCHECK, LOGGING }).map(([name, keys]) => [
    name,
    new Map(keys.map((key, index) => [key, index])),
  ]),
);

function orderAt(path: readonly string[]): Map<string, number> | undefined {
  if (path.length === 0) return ORDERS.get('DOCUMENT');
  if (path[0] !== 'services') return undefined;
  if (path.length === 2) return ORDERS.get('SERVICE');
  if (path[2] === 'build' && path.length === 3) return ORDERS.get('BUILD');
  if (path[2] === 'volumes' && path.length === 4) return ORDERS.get('MOUNT');
  if (path[2] === 'healthcheck' && path.length === 3) return ORDERS.get('HEALTHCHECK');
  if (path[2] === 'logging' && path.length === 3) return ORDERS.get('LOGGING');
  return undefined;
}
