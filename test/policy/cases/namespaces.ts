import { EnvRef } from '../../../lib/core/env-ref';
import { documentNotSelfContained } from '../../../lib/policy/rules/document-not-self-contained';
import { hostCgroupNamespace } from '../../../lib/policy/rules/host-cgroup-namespace';
import { hostIpc } from '../../../lib/policy/rules/host-ipc';
import { hostNetwork } from '../../../lib/policy/rules/host-network';
import { hostPid } from '../../../lib/policy/rules/host-pid';
import { hostUserNamespace } from '../../../lib/policy/rules/host-user-namespace';
import { hostUts } from '../../../lib/policy/rules/host-uts';
import { ipcShareable } from '../../../lib/policy/rules/ipc-shareable';
import { sharedNamespace } from '../../../lib/policy/rules/shared-namespace';
import { wallFromEnvironment } from '../../../lib/policy/rules/wall-from-environment';
import { rejected, withService, type RuleCases } from './rule-cases';

export const namespaceCases: readonly RuleCases[] = [
  {
    rule: hostNetwork,
    accepts: {
      'no network': withService({}),
      'a network of the sandbox': {
        service: { network_mode: undefined, networks: ['inner'] },
        document: { networks: { inner: { internal: true } } },
      },
    },
    rejects: {
      'network_mode host': rejected({ network_mode: 'host' }, 'network_mode'),
      'network_mode host in another case': rejected({ network_mode: ' HOST ' }, 'network_mode'),
      'a variable whose default is host': rejected(
        { network_mode: EnvRef.optional('MODE', 'host') },
        'network_mode',
      ),
      'an external network that is the host’s': {
        service: { network_mode: undefined, networks: ['out'] },
        document: { networks: { out: { external: true, name: 'host' } } },
        at: ['networks'],
      },
      'a network of the host driver, in the map form': {
        service: { network_mode: undefined, networks: { out: { priority: 1 } } },
        document: { networks: { out: { driver: 'host' } } },
        at: ['networks'],
      },
    },
  },
  {
    rule: hostPid,
    accepts: { 'process ids of its own': withService({}) },
    rejects: { 'pid host': rejected({ pid: 'host' }, 'pid') },
  },
  {
    rule: hostIpc,
    accepts: { 'shared memory of its own': withService({ ipc: 'private' }) },
    rejects: { 'ipc host': rejected({ ipc: 'host' }, 'ipc') },
  },
  {
    rule: hostUserNamespace,
    accepts: { 'the engine’s own setting': withService({}) },
    rejects: { 'userns_mode host': rejected({ userns_mode: 'host' }, 'userns_mode') },
  },
  {
    rule: hostUts,
    accepts: { 'a name of its own': withService({ hostname: 'agent' }) },
    rejects: { 'uts host': rejected({ uts: 'host' }, 'uts') },
  },
  {
    rule: hostCgroupNamespace,
    accepts: { 'cgroup private': withService({ cgroup: 'private' }) },
    rejects: { 'cgroup host': rejected({ cgroup: 'host' }, 'cgroup') },
  },
  {
    rule: sharedNamespace,
    accepts: { 'namespaces of its own': withService({}) },
    rejects: {
      'the network of a container': rejected({ network_mode: 'container:abc' }, 'network_mode'),
      'the network of a service': rejected({ network_mode: 'service:db' }, 'network_mode'),
      'a namespace by its path': rejected({ network_mode: 'ns:/proc/1/ns/net' }, 'network_mode'),
      'the processes and memory of a service': rejected(
        { pid: 'service:db', ipc: 'container:x' },
        'pid',
        'ipc',
      ),
    },
  },
  {
    rule: ipcShareable,
    accepts: {
      'ipc private': withService({ ipc: 'private' }),
      'the engine’s default': withService({ ipc: undefined }),
    },
    rejects: { 'ipc shareable': rejected({ ipc: 'shareable' }, 'ipc') },
  },
  {
    rule: wallFromEnvironment,
    accepts: { 'walls with literal values, and a user from the environment': withService({}) },
    rejects: {
      'a mode from the environment': rejected(
        { network_mode: EnvRef.optional('MODE', 'none') },
        'network_mode',
      ),
      'one security option of several': rejected(
        { security_opt: ['no-new-privileges:true', EnvRef.required('OPTION', 'an option')] },
        'security_opt',
      ),
      'every wall that can fall by one word': rejected(
        Object.fromEntries(
          ['privileged', 'pid', 'ipc', 'uts', 'userns_mode', 'cgroup', 'cgroup_parent'].map(
            (key) => [key, EnvRef.optional('X', '')],
          ),
        ),
        'privileged',
        'pid',
        'ipc',
        'uts',
        'userns_mode',
        'cgroup',
        'cgroup_parent',
      ),
      'a privileged build': rejected(
        { build: { context: './agent', privileged: EnvRef.optional('X', 'false') } },
        'build.privileged',
      ),
    },
  },
  {
    rule: documentNotSelfContained,
    accepts: { 'a document of one file': withService({}) },
    rejects: {
      'an include': { document: { include: ['other.yml'] }, at: ['/include'] },
      'a service that extends another one': rejected(
        { extends: { service: 'base', file: 'base.yml' } },
        'extends',
      ),
    },
  },
];
