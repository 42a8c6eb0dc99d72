import { EnvRef } from '../../../lib/core/env-ref';
import { cgroupParentSet } from '../../../lib/policy/rules/cgroup-parent-set';
import { coreDumpsAllowed } from '../../../lib/policy/rules/core-dumps-allowed';
import { cpuLimitMissing } from '../../../lib/policy/rules/cpu-limit-missing';
import { initMissing } from '../../../lib/policy/rules/init-missing';
import { memoryLimitMissing } from '../../../lib/policy/rules/memory-limit-missing';
import { openFilesLimitMissing } from '../../../lib/policy/rules/open-files-limit-missing';
import { outOfMemoryProtected } from '../../../lib/policy/rules/out-of-memory-protected';
import { pidsLimitMissing } from '../../../lib/policy/rules/pids-limit-missing';
import { restartUnbounded } from '../../../lib/policy/rules/restart-unbounded';
import { serviceReplicated } from '../../../lib/policy/rules/service-replicated';
import { sharedMemoryUnbounded } from '../../../lib/policy/rules/shared-memory-unbounded';
import { swapAllowed } from '../../../lib/policy/rules/swap-allowed';
import { rejected, withService, type RuleCases } from './rule-cases';

const deployed = (limits: object) => ({ deploy: { resources: { limits } } });

export const limitCases: readonly RuleCases[] = [
  {
    rule: memoryLimitMissing,
    accepts: {
      'a limit': withService({ mem_limit: '512m' }),
      'a limit with a default': withService({ mem_limit: EnvRef.optional('MEMORY', '4g') }),
      'a limit of deploy': withService({ mem_limit: undefined, ...deployed({ memory: '1.5GiB' }) }),
    },
    rejects: {
      none: rejected({ mem_limit: undefined }, 'mem_limit'),
      '0, which is none': rejected({ mem_limit: 0 }, 'mem_limit'),
      'no amount': rejected({ mem_limit: 'much' }, 'mem_limit'),
      'a limit that only the environment knows': rejected(
        { mem_limit: EnvRef.required('MEMORY', 'memory') },
        'mem_limit',
      ),
    },
  },
  {
    rule: swapAllowed,
    accepts: {
      'the same amount': withService({}),
      'the same amount in other words': withService({
        mem_limit: '4gb',
        memswap_limit: 4294967296,
      }),
      'the same variable': withService({
        mem_limit: EnvRef.optional('MEMORY', '4g'),
        memswap_limit: EnvRef.optional('MEMORY', '4g'),
      }),
      'no memory limit, which has a rule of its own': withService({
        mem_limit: undefined,
        memswap_limit: undefined,
      }),
    },
    rejects: {
      'nothing, which is as much again': rejected({ memswap_limit: undefined }, 'memswap_limit'),
      more: rejected({ memswap_limit: '8g' }, 'memswap_limit'),
      'no limit': rejected({ memswap_limit: -1 }, 'memswap_limit'),
      'no limit beside one of deploy': rejected(
        { mem_limit: undefined, memswap_limit: undefined, ...deployed({ memory: '1g' }) },
        'memswap_limit',
      ),
      'another variable': rejected(
        { memswap_limit: EnvRef.optional('SWAP', '4g') },
        'memswap_limit',
      ),
    },
  },
  {
    rule: cpuLimitMissing,
    accepts: {
      'a number': withService({ cpus: 0.5 }),
      'a text': withService({ cpus: '1.5' }),
      'a quota': withService({ cpus: undefined, cpu_quota: 50000 }),
      'a limit of deploy': withService({ cpus: undefined, ...deployed({ cpus: '2' }) }),
    },
    rejects: {
      none: rejected({ cpus: undefined }, 'cpus'),
      '0, which is none': rejected({ cpus: 0 }, 'cpus'),
    },
  },
  {
    rule: pidsLimitMissing,
    accepts: {
      'a number': withService({ pids_limit: 100 }),
      'a limit of deploy': withService({ pids_limit: undefined, ...deployed({ pids: 100 }) }),
    },
    rejects: {
      none: rejected({ pids_limit: undefined }, 'pids_limit'),
      '-1, which is none': rejected({ pids_limit: -1 }, 'pids_limit'),
      'nproc, which counts per user of the host': rejected(
        { pids_limit: undefined, ulimits: { nproc: 100 } },
        'pids_limit',
      ),
    },
  },
  {
    rule: openFilesLimitMissing,
    accepts: {
      'a hard limit': withService({}),
      'one number': withService({ ulimits: { nofile: 1024 } }),
    },
    rejects: {
      none: rejected({ ulimits: undefined }, 'ulimits'),
      'another limit': rejected({ ulimits: { core: 0 } }, 'ulimits'),
      'as many as the kernel has': rejected(
        { ulimits: { nofile: { soft: 1024, hard: 1073741816 } } },
        'ulimits',
      ),
      'no limit': rejected({ ulimits: { nofile: -1 } }, 'ulimits'),
    },
  },
  {
    rule: coreDumpsAllowed,
    accepts: {
      '0': withService({ ulimits: { core: 0 } }),
      '0 in the long form': withService({ ulimits: { core: { soft: 0, hard: '0' } } }),
    },
    rejects: {
      nothing: rejected({ ulimits: { nofile: 1024 } }, 'ulimits'),
      some: rejected({ ulimits: { core: { soft: 0, hard: -1 } } }, 'ulimits'),
    },
  },
  {
    rule: sharedMemoryUnbounded,
    accepts: {
      'the engine’s default': withService({}),
      'less than the limit': withService({ shm_size: '1g' }),
    },
    rejects: {
      '0, which is no limit': rejected({ shm_size: 0 }, 'shm_size'),
      'all of the memory': rejected({ shm_size: '4g' }, 'shm_size'),
    },
  },
  {
    rule: outOfMemoryProtected,
    accepts: {
      nothing: withService({}),
      'a service that goes first': withService({ oom_kill_disable: false, oom_score_adj: 500 }),
    },
    rejects: {
      'the killer switched off': rejected({ oom_kill_disable: true }, 'oom_kill_disable'),
      'a service that goes last': rejected({ oom_score_adj: -500 }, 'oom_score_adj'),
    },
  },
  {
    rule: cgroupParentSet,
    accepts: { 'the engine’s choice': withService({}) },
    rejects: { 'another group': rejected({ cgroup_parent: '/system.slice' }, 'cgroup_parent') },
  },
  {
    rule: restartUnbounded,
    accepts: {
      'some attempts': withService({ restart: 'on-failure:5' }),
      'no restart': withService({ restart: 'no' }),
      'attempts of deploy': withService({
        restart: undefined,
        deploy: { restart_policy: { condition: 'on-failure', max_attempts: 3 } },
      }),
    },
    rejects: {
      nothing: rejected({ restart: undefined }, 'restart'),
      always: rejected({ restart: 'always' }, 'restart'),
      'unless-stopped': rejected({ restart: 'unless-stopped' }, 'restart'),
      'on failure, without a number': rejected({ restart: 'on-failure' }, 'restart'),
    },
  },
  {
    rule: initMissing,
    accepts: { 'an init': withService({ init: true }) },
    rejects: {
      nothing: rejected({ init: undefined }, 'init'),
      false: rejected({ init: false }, 'init'),
    },
  },
  {
    rule: serviceReplicated,
    accepts: {
      'one container': withService({}),
      'one container, said so': withService({ scale: 1, deploy: { replicas: 1 } }),
    },
    rejects: {
      several: rejected({ scale: 3 }, 'scale'),
      'several of deploy': rejected({ deploy: { replicas: '2' } }, 'deploy.replicas'),
    },
  },
];
