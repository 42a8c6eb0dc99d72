/** How a rule is tested: by sentences that say what it accepts and what it rejects, and where. */
import type { Rule } from '../../../lib/policy/rule';
import { type Json, type SubjectOptions } from '../default-sandbox';

/** Changes to the default service, and to what is around it. */
export interface Case extends SubjectOptions {
  readonly service?: Json;
}

/** Where the violations must be: paths below `services.agent`, or whole paths after a `/`. */
export interface RejectedCase extends Case {
  readonly at: readonly string[];
}

export interface RuleCases {
  readonly rule: Rule;
  readonly accepts: Readonly<Record<string, Case>>;
  readonly rejects: Readonly<Record<string, RejectedCase>>;
}

/** A case that only changes the service. */
export function withService(service: Json): Case {
  return { service };
}

/** A rejected case that only changes the service. */
export function rejected(service: Json, ...at: string[]): RejectedCase {
  return { service, at };
}

/** A bind mount in long syntax, read-only unless changed. */
export function bind(source: unknown, changes: Json = {}): Json {
  return {
    type: 'bind',
    source,
    target: '/mnt',
    read_only: true,
    bind: { create_host_path: false },
    ...changes,
  };
}
