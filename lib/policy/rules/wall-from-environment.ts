import { EnvRef } from '../../core/env-ref';
import { eachService } from '../checks';
import type { Rule, Violation } from '../rule';
import { listOf, recordOf, show } from '../values';

/** Settings in which one word takes a wall down that can never be missing. */
const KEYS = [
  'privileged',
  'network_mode',
  'pid',
  'ipc',
  'uts',
  'userns_mode',
  'cgroup',
  'cgroup_parent',
  'security_opt',
  'cap_add',
  'use_api_socket',
] as const;

/** What can never be accepted is also not left to a variable. */
export const wallFromEnvironment: Rule = {
  id: 'wall-from-environment',
  title: 'No wall is left to an environment variable',
  severity: 'error',
  acknowledgeable: false,
  why: 'A variable in the shell that starts the sandbox could say host, unconfined or true, and nobody reviewing the file would see it.',
  fix: 'write the value itself',
  threats: ['N1', 'K1', 'K2', 'K3'],
  controls: ['configuration-management'],
  check: eachService((service) => {
    let found: Violation[] | undefined;
    for (const key of KEYS) found = look(service[key], key, found);
    return look(recordOf(service.build).privileged, 'build.privileged', found);
  }),
};

function look(value: unknown, property: string, found: Violation[] | undefined) {
  if (value === undefined) return found;
  const reference = listOf(value).find((item) => EnvRef.is(item));
  if (!reference) return found;
  const message = `${property} is decided at start by ${show(reference)}; allowed is a literal value`;
  return [...(found ?? []), { property, message }];
}
