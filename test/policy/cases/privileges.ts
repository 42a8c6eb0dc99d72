import { EnvRef } from '../../../lib/core/env-ref';
import { capabilitiesNotDropped } from '../../../lib/policy/rules/capabilities-not-dropped';
import { capabilityAdded } from '../../../lib/policy/rules/capability-added';
import { credentialSpecUsed } from '../../../lib/policy/rules/credential-spec-used';
import { dangerousCapabilityAdded } from '../../../lib/policy/rules/dangerous-capability-added';
import { hookAsRoot } from '../../../lib/policy/rules/hook-as-root';
import { noNewPrivilegesMissing } from '../../../lib/policy/rules/no-new-privileges-missing';
import { privilegedBuild } from '../../../lib/policy/rules/privileged-build';
import { privilegedService } from '../../../lib/policy/rules/privileged-service';
import { providerUsed } from '../../../lib/policy/rules/provider-used';
import { rootGroup } from '../../../lib/policy/rules/root-group';
import { rootUser } from '../../../lib/policy/rules/root-user';
import { rejected, withService, type RuleCases } from './rule-cases';

const uid = EnvRef.required('SANDBOX_UID', 'your user id');

export const privilegeCases: readonly RuleCases[] = [
  {
    rule: privilegedService,
    accepts: {
      nothing: withService({}),
      'privileged false, as a word too': withService({
        privileged: 'false',
        post_start: [{ command: 'x', privileged: false }],
      }),
    },
    rejects: {
      privileged: rejected({ privileged: true }, 'privileged'),
      'privileged as a word': rejected({ privileged: 'Yes' }, 'privileged'),
      'a word that nobody knows': rejected({ privileged: 'perhaps' }, 'privileged'),
      'a variable': rejected({ privileged: EnvRef.optional('P', 'false') }, 'privileged'),
      'a privileged hook': rejected(
        {
          post_start: [{ command: 'x' }, { command: 'y', privileged: true }],
          pre_stop: [{ command: 'x', privileged: true }],
          develop: { watch: [{ path: '.', action: 'sync+exec', exec: { privileged: true } }] },
        },
        'post_start.1.privileged',
        'pre_stop.0.privileged',
        'develop.watch.0.exec.privileged',
      ),
    },
  },
  {
    rule: privilegedBuild,
    accepts: {
      'a build': withService({}),
      'a build in the short form': withService({ build: './agent' }),
      'another entitlement, which has a rule of its own': withService({
        build: { context: '.', entitlements: ['network.host'] },
      }),
    },
    rejects: {
      'a privileged build': rejected(
        { build: { context: '.', privileged: true } },
        'build.privileged',
      ),
      'the insecure entitlement': rejected(
        { build: { context: '.', entitlements: ['network.host', 'Security.Insecure'] } },
        'build.entitlements.1',
      ),
    },
  },
  {
    rule: rootUser,
    accepts: {
      'the ids of whoever starts it': withService({}),
      'a numeric user': withService({ user: '1000:1000' }),
      'a user that must be given at start': withService({ user: EnvRef.text`${uid}:1000` }),
    },
    rejects: {
      'no user': rejected({ user: undefined }, 'user'),
      'an empty user': rejected({ user: '' }, 'user'),
      'root by its name': rejected({ user: 'root' }, 'user'),
      'any other name': rejected({ user: 'node:node' }, 'user'),
      '0': rejected({ user: '0' }, 'user'),
      '0 as a number': rejected({ user: 0 }, 'user'),
      '0 with a group': rejected({ user: '0:1000' }, 'user'),
      '00': rejected({ user: '00:00' }, 'user'),
      '+0': rejected({ user: '+0' }, 'user'),
      'a variable whose default is root': rejected({ user: EnvRef.optional('UID', '0') }, 'user'),
      'a variable without a user': rejected({ user: EnvRef.optional('UID', '') }, 'user'),
    },
  },
  {
    rule: rootGroup,
    accepts: {
      'the ids of whoever starts it': withService({}),
      'a group of its own': withService({ user: '1000:1000', group_add: ['2000'] }),
      'root as a user, which has a rule of its own': withService({ user: '0:0' }),
    },
    rejects: {
      'root’s group': rejected({ user: '1000:0' }, 'user'),
      'no group': rejected({ user: '1000' }, 'user'),
      'root’s group as a further one': rejected({ group_add: [0] }, 'group_add'),
      'the engine’s group': rejected({ group_add: ['2000', 'docker'] }, 'group_add'),
    },
  },
  {
    rule: capabilitiesNotDropped,
    accepts: {
      ALL: withService({ cap_drop: ['ALL'] }),
      'all, among others': withService({ cap_drop: ['NET_RAW', 'all'] }),
    },
    rejects: {
      nothing: rejected({ cap_drop: undefined }, 'cap_drop'),
      some: rejected({ cap_drop: ['NET_RAW'] }, 'cap_drop'),
    },
  },
  {
    rule: capabilityAdded,
    accepts: {
      none: withService({ cap_add: [] }),
      'a dangerous one, which has a rule of its own': withService({ cap_add: ['SYS_ADMIN'] }),
    },
    rejects: {
      'ports below 1024': rejected({ cap_add: ['CAP_NET_BIND_SERVICE'] }, 'cap_add'),
    },
  },
  {
    rule: dangerousCapabilityAdded,
    accepts: {
      none: withService({}),
      'a harmless one, which has a rule of its own': withService({ cap_add: ['kill'] }),
    },
    rejects: {
      SYS_ADMIN: rejected({ cap_add: ['SYS_ADMIN'] }, 'cap_add'),
      'the name with CAP_, in lower case': rejected(
        { cap_add: ['cap_dac_read_search'] },
        'cap_add',
      ),
      ALL: rejected({ cap_add: ['ALL'] }, 'cap_add'),
      'one that is not known yet': rejected({ cap_add: ['NEW_IN_LINUX_9'] }, 'cap_add'),
    },
  },
  {
    rule: noNewPrivilegesMissing,
    accepts: {
      'no-new-privileges:true': withService({ security_opt: ['no-new-privileges:true'] }),
      'the other spellings': withService({
        security_opt: ['no-new-privileges', 'no-new-privileges=true'],
      }),
    },
    rejects: {
      'no option': rejected({ security_opt: undefined }, 'security_opt'),
      'another option': rejected({ security_opt: ['label=level:s0'] }, 'security_opt'),
      false: rejected({ security_opt: ['no-new-privileges:false'] }, 'security_opt'),
      'true and false': rejected(
        { security_opt: ['no-new-privileges:true', 'no-new-privileges:false'] },
        'security_opt',
      ),
    },
  },
  {
    rule: hookAsRoot,
    accepts: {
      'hooks that run as the service does': withService({
        post_start: [{ command: 'x' }],
        pre_stop: [{ command: 'x', user: '1000:1000' }],
      }),
    },
    rejects: {
      'root, by number and by name': rejected(
        { post_start: [{ command: 'x', user: '0' }], pre_stop: [{ command: 'x', user: 'root' }] },
        'post_start.0.user',
        'pre_stop.0.user',
      ),
      'a command of a watch as root': rejected(
        { develop: { watch: [{ path: '.', action: 'sync+exec', exec: { user: 'root' } }] } },
        'develop.watch.0.exec.user',
      ),
    },
  },
  {
    rule: providerUsed,
    accepts: { 'a container': withService({}) },
    rejects: { 'a program on the host': rejected({ provider: { type: 'model' } }, 'provider') },
  },
  {
    rule: credentialSpecUsed,
    accepts: { 'no account': withService({}) },
    rejects: {
      'an account': rejected({ credential_spec: { file: 'spec.json' } }, 'credential_spec'),
    },
  },
];
