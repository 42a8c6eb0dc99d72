/** What a sandbox was described to be, as Compose itself reads the folder: the norm for what runs. */
import * as path from 'node:path';
import { COMPOSE_FILE } from '../assembly/manifest';
import { EngineError } from '../core/errors';
import { runCompose } from './compose';
import { realFolder } from './deployment';
import type { Environment } from './environment';
import type { OutputSandbox } from '../assembly/read';

/** `docker compose config --format json`, as far as it is read: defaults filled in, paths absolute. */
export interface DescribedSandbox {
  readonly name: string;
  readonly services: Readonly<Record<string, DescribedService>>;
  readonly networks?: Readonly<
    Record<string, { readonly name?: string; readonly internal?: boolean } | null>
  >;
  readonly volumes?: Readonly<
    Record<
      string,
      {
        readonly name?: string;
        readonly driver?: string;
        readonly driver_opts?: Readonly<Record<string, string>>;
      } | null
    >
  >;
}

export interface DescribedService {
  readonly image?: string;
  readonly build?: {
    readonly context: string;
    readonly dockerfile?: string;
    readonly args?: Readonly<Record<string, string | null>>;
  };
  readonly user?: string;
  readonly command?: readonly string[] | null;
  readonly entrypoint?: readonly string[] | null;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly network_mode?: string;
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition?: string }>>;
  readonly read_only?: boolean;
  readonly privileged?: boolean;
  readonly init?: boolean;
  readonly runtime?: string;
  readonly cap_add?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly ipc?: string;
  readonly pid?: string;
  readonly userns_mode?: string;
  readonly uts?: string;
  readonly cgroup?: string;
  readonly cgroup_parent?: string;
  readonly tmpfs?: readonly string[] | string;
  readonly shm_size?: string | number;
  readonly volumes?: readonly DescribedMount[];
  readonly cpus?: number;
  readonly mem_limit?: string | number;
  readonly memswap_limit?: string | number;
  readonly mem_reservation?: string | number;
  readonly oom_kill_disable?: boolean;
  readonly oom_score_adj?: number;
  readonly cpu_shares?: number;
  readonly cpuset?: string;
  readonly pids_limit?: number;
  readonly ulimits?: Readonly<Record<string, DescribedUlimit>>;
  readonly dns?: readonly string[];
  readonly extra_hosts?: readonly string[];
  readonly group_add?: readonly string[];
  readonly devices?: readonly { readonly source: string; readonly target: string }[];
  readonly sysctls?: Readonly<Record<string, string>>;
  readonly ports?: readonly object[];
  readonly healthcheck?: {
    readonly test?: readonly string[];
    readonly interval?: string;
    readonly timeout?: string;
    readonly start_period?: string;
    readonly retries?: number;
    readonly disable?: boolean;
  };
  readonly restart?: string;
  readonly stop_grace_period?: string;
  readonly stop_signal?: string;
  readonly logging?: {
    readonly driver?: string;
    readonly options?: Readonly<Record<string, string>>;
  };
  readonly labels?: Readonly<Record<string, string>>;
  readonly hostname?: string;
  readonly working_dir?: string;
}

/** Compose writes one number for both in either way, and leaves a 0 out. */
export type DescribedUlimit =
  number | { readonly single?: number } | { readonly soft?: number; readonly hard?: number };

/** Soft and hard. */
export function bothLimits(limit: DescribedUlimit): readonly [number, number] {
  if (typeof limit === 'number') return [limit, limit];
  if ('soft' in limit || 'hard' in limit) return [limit.soft ?? 0, limit.hard ?? 0];
  const { single = 0 } = limit as { readonly single?: number };
  return [single, single];
}

export interface DescribedMount {
  readonly type: string;
  readonly source?: string;
  readonly target: string;
  readonly read_only?: boolean;
  readonly bind?: { readonly create_host_path?: boolean; readonly propagation?: string };
  readonly tmpfs?: { readonly size?: string | number; readonly mode?: number };
  readonly volume?: object;
}

/** Sources on the host that the service can write to. */
export function writableBinds({ volumes = [] }: DescribedService): readonly string[] {
  return volumes
    .filter(({ type, read_only }) => type === 'bind' && !read_only)
    .map(({ source }) => source!);
}

/**
 * @param env with the variables of the person (`personVariables`)
 * @throws EngineError COMPOSE_FAILED when Compose refuses the file, for example for want of a variable
 */
export async function describeSandbox(
  sandbox: OutputSandbox,
  env: Environment,
): Promise<DescribedSandbox> {
  const { exitCode, stdout, output } = await runCompose({
    args: [...composeFiles(sandbox), 'config', '--format', 'json'],
    env,
  });
  if (exitCode === 0) return parseDescribed(stdout);
  throw new EngineError(
    'COMPOSE_FAILED',
    `Compose refuses ${path.join(sandbox.folder, COMPOSE_FILE)}: ${output.trim()}`,
  );
}

/** Compose writes every `$` of a value twice, so that its answer could be read as a file again. */
export function parseDescribed(text: string): DescribedSandbox {
  return JSON.parse(text.replaceAll('$$', () => '$')) as DescribedSandbox;
}

/** The words that name the sandbox's file, and the folder that its relative paths start from. */
export function composeFiles({ folder }: OutputSandbox): readonly string[] {
  const real = realFolder(folder);
  return ['--project-directory', real, '-f', path.join(real, COMPOSE_FILE)];
}
