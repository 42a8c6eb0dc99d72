/** The document of a default sandbox, as presets write it: what every rule must be content with. */
import { EnvRef } from '../../lib/core/env-ref';
import type { Level } from '../../lib/core/sandbox';
import { hostPaths, type HostLooks } from '../../lib/policy/host-paths';
import type { PolicySubject } from '../../lib/policy/rule';

export type Json = Record<string, unknown>;

export const HOME = '/home/alice';
export const FOLDER = '/home/alice/work/shop/sandbox.out/shop';

const uid = EnvRef.optional('SANDBOX_UID', '1000');
const gid = EnvRef.optional('SANDBOX_GID', '1000');

export const DOCKERFILE = `FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends git python3 \\
    && rm -rf /var/lib/apt/lists/*
# Nobody gains rights by running a file.
RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +
COPY --chmod=0555 healthcheck.py entrypoint.sh /opt/sandbox/
USER 1000:1000
WORKDIR /workspace
ENTRYPOINT ["/opt/sandbox/entrypoint.sh"]
`;

/** A service of a default sandbox, with changes; `undefined` takes a property away. */
export function service(changes: Json = {}): Json {
  const all: Json = {
    build: { context: './agent' },
    runtime: 'runsc',
    init: true,
    user: EnvRef.text`${uid}:${gid}`,
    environment: { HOME: '/home/agent', DISABLE_TELEMETRY: '1' },
    network_mode: 'none',
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    ipc: 'private',
    tmpfs: [
      EnvRef.text`/tmp:size=256m,mode=1777,uid=${uid},gid=${gid},nr_inodes=65536`,
      '/home/agent:size=512m,mode=0700,nr_inodes=65536',
    ],
    volumes: [
      {
        type: 'bind',
        source: '../../src',
        target: '/workspace',
        read_only: true,
        bind: { create_host_path: false },
      },
      {
        type: 'bind',
        source: './output/agent',
        target: '/output',
        bind: { create_host_path: false },
      },
    ],
    cpus: 2,
    mem_limit: '4g',
    memswap_limit: '4g',
    pids_limit: 256,
    ulimits: { nofile: { soft: 65536, hard: 65536 }, core: 0 },
    healthcheck: {
      test: ['CMD', '/usr/bin/python3', '-I', '-S', '/opt/sandbox/healthcheck.py'],
      interval: '30s',
    },
    restart: 'on-failure:5',
    logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
    labels: { 'com.example.team': 'payments' },
    ...changes,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

export interface SubjectOptions {
  readonly level?: Level;
  readonly document?: Json;
  readonly files?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly home?: string;
  readonly looks?: HostLooks;
}

/** A subject with one service called agent, unless the document says otherwise. */
export function subject(agent: Json = service(), options: SubjectOptions = {}): PolicySubject {
  const { level = 1, document = {}, folder = FOLDER, home = HOME, looks } = options;
  return {
    sandbox: 'shop',
    level,
    document: { name: 'shop', services: { agent }, ...document },
    files: new Map(Object.entries({ 'agent/Dockerfile': DOCKERFILE, ...options.files })),
    paths: hostPaths(folder, home, looks),
  };
}
