import { EnvRef } from '../../core/env-ref';
import { eachService } from '../checks';
import type { Rule } from '../rule';
import { listOf, recordOf } from '../values';

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
    const fromEnvironment = KEYS.filter((key) => {
      const value: unknown = service[key];
      return value !== undefined && listOf(value).some((item) => EnvRef.is(item));
    }).map((key) => ({ key, value: service[key] as unknown }));
    const { privileged } = recordOf(service.build);
    if (EnvRef.is(privileged))
      fromEnvironment.push({ key: 'build.privileged' as never, value: privileged });
    if (fromEnvironment.length === 0) return undefined;
    return fromEnvironment.map(({ key, value }) => ({
      property: key,
      message: `${key} is decided by ${String(listOf(value).find((item) => EnvRef.is(item)))} at start; allowed is a literal value`,
    }));
  }),
};
