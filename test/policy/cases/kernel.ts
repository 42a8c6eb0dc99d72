import { EnvRef } from '../../../lib/core/env-ref';
import { apparmorUnconfined } from '../../../lib/policy/rules/apparmor-unconfined';
import { customSecurityProfile } from '../../../lib/policy/rules/custom-security-profile';
import { dangerousSysctl } from '../../../lib/policy/rules/dangerous-sysctl';
import { deviceAttached } from '../../../lib/policy/rules/device-attached';
import { deviceCgroupRules } from '../../../lib/policy/rules/device-cgroup-rules';
import { gpuAttached } from '../../../lib/policy/rules/gpu-attached';
import { gvisorMissing } from '../../../lib/policy/rules/gvisor-missing';
import { gvisorOptional } from '../../../lib/policy/rules/gvisor-optional';
import { loaderVariableSet } from '../../../lib/policy/rules/loader-variable-set';
import { runtimeAnnotation } from '../../../lib/policy/rules/runtime-annotation';
import { seccompUnconfined } from '../../../lib/policy/rules/seccomp-unconfined';
import { securityOptionUnknown } from '../../../lib/policy/rules/security-option-unknown';
import { selinuxDisabled } from '../../../lib/policy/rules/selinux-disabled';
import { systemPathsUnmasked } from '../../../lib/policy/rules/system-paths-unmasked';
import { rejected, withService, type Case, type RejectedCase, type RuleCases } from './rule-cases';

const optional = EnvRef.optional('SANDBOX_RUNTIME', 'runc');

/** One security option. */
function option(text: unknown): Case {
  return withService({ security_opt: ['no-new-privileges:true', text] });
}

function rejectedOption(text: unknown): RejectedCase {
  return rejected({ security_opt: ['no-new-privileges:true', text] }, 'security_opt.1');
}

export const kernelCases: readonly RuleCases[] = [
  {
    rule: loaderVariableSet,
    accepts: {
      'other variables': withService({
        environment: { PATH: '/usr/bin', OLD_LD_PATH: '/x', LDFLAGS: '-s' },
      }),
      'a list with a variable for a value': withService({
        environment: ['A=b', EnvRef.text`C=${EnvRef.optional('C', 'LD_PRELOAD')}`],
      }),
      'ENV of a Dockerfile': {
        files: { 'agent/Dockerfile': 'FROM debian\nENV A=$LD_X PATH="/x:$PATH"\n' },
      },
    },
    rejects: {
      'in a map': rejected(
        { environment: { LD_PRELOAD: '/output/x.so', GCONV_PATH: '/output', LD_AUDIT: null } },
        'environment.LD_PRELOAD',
        'environment.GCONV_PATH',
        'environment.LD_AUDIT',
      ),
      'in a list': rejected(
        { environment: ['GLIBC_TUNABLES=a=b', 'LD_LIBRARY_PATH'] },
        'environment.0',
        'environment.1',
      ),
      'a name from the environment': rejected(
        {
          environment: [
            EnvRef.optional('ANY', 'LD_PRELOAD=/x'),
            EnvRef.text`${EnvRef.required('NAME', 'a name')}=/x`,
          ],
        },
        'environment.0',
        'environment.1',
      ),
      'in a Dockerfile': {
        files: { 'agent/Dockerfile': 'FROM debian\nENV A=b "LD_PRELOAD"=/x\nENV GCONV_PATH /x\n' },
        at: ['build', 'build'],
      },
      'a name from a build argument': {
        files: { 'agent/Dockerfile': 'FROM debian\nARG N\nENV ${N}=/x\n' },
        at: ['build'],
      },
    },
  },
  {
    rule: securityOptionUnknown,
    accepts: { 'options that rules know': option('label=level:s0:c1,c2') },
    rejects: {
      'writable control groups': rejectedOption('writable-cgroups=true'),
      'a word that nobody knows': rejectedOption('proc-opts=hidepid=0'),
    },
  },
  {
    rule: seccompUnconfined,
    accepts: {
      'the engine’s profile': withService({}),
      'no security options': withService({ security_opt: undefined }),
      'a profile of its own, which another rule warns about': option('seccomp=./profile.json'),
    },
    rejects: {
      'seccomp:unconfined': rejectedOption('seccomp:unconfined'),
      'seccomp=unconfined': rejectedOption('seccomp=unconfined'),
      'another case': rejectedOption('SECCOMP=Unconfined'),
      'spaces around': rejectedOption(' seccomp = unconfined '),
      'no value': rejectedOption('seccomp='),
      'a default of a variable': rejectedOption(
        EnvRef.text`seccomp=${EnvRef.optional('P', 'unconfined')}`,
      ),
    },
  },
  {
    rule: apparmorUnconfined,
    accepts: { 'the engine’s profile': option('apparmor=docker-default') },
    rejects: {
      'apparmor:unconfined': rejectedOption('apparmor:unconfined'),
      'apparmor=unconfined in another case': rejectedOption('AppArmor=UNCONFINED'),
    },
  },
  {
    rule: selinuxDisabled,
    accepts: { 'a level of its own': option('label=level:s0:c1,c2') },
    rejects: {
      'label:disable': rejectedOption('label:disable'),
      'label=disable': rejectedOption('label=disable'),
      'a type that is not confined': rejectedOption('label=type:spc_t'),
    },
  },
  {
    rule: systemPathsUnmasked,
    accepts: { 'the engine’s masks': withService({}) },
    rejects: {
      'systempaths=unconfined': rejectedOption('systempaths=unconfined'),
      'systempaths:Unconfined': rejectedOption('systempaths:Unconfined'),
      'Podman’s unmask': rejectedOption('unmask=ALL'),
    },
  },
  {
    rule: customSecurityProfile,
    accepts: {
      'the engine’s profiles': withService({}),
      'the builtin profile by its name': option('seccomp=builtin'),
    },
    rejects: {
      'a copied seccomp profile': rejectedOption('seccomp=./seccomp.json'),
      'a seccomp profile as JSON': rejectedOption('seccomp:{"defaultAction":"SCMP_ACT_ALLOW"}'),
      'another AppArmor profile': rejectedOption('apparmor=mine'),
    },
  },
  {
    rule: dangerousSysctl,
    accepts: {
      none: withService({}),
      'ICMP switched off': withService({ sysctls: { 'net.ipv4.ping_group_range': '1 0' } }),
      'IPv6 switched off, in the list form': withService({
        sysctls: ['net.ipv6.conf.all.disable_ipv6=1'],
      }),
      'shared memory of its own': withService({ sysctls: { 'kernel.shmmax': 67108864 } }),
    },
    rejects: {
      'the core pattern': rejected(
        { sysctls: { 'kernel.core_pattern': '|/tmp/x' } },
        'sysctls.kernel.core_pattern',
      ),
      'a parameter of the host, with slashes': rejected(
        { sysctls: ['vm/overcommit_memory=1'] },
        'sysctls.0',
      ),
      routing: rejected({ sysctls: { 'net.ipv4.ip_forward': 1 } }, 'sysctls.net.ipv4.ip_forward'),
      'ICMP for everybody': rejected(
        { sysctls: ['net.ipv4.ping_group_range=0 2147483647'] },
        'sysctls.0',
      ),
      'IPv6 switched on': rejected({ sysctls: ['net.ipv6.conf.all.disable_ipv6=0'] }, 'sysctls.0'),
    },
  },
  {
    rule: deviceAttached,
    accepts: { 'no device': withService({}) },
    rejects: {
      'a disk': rejected({ devices: ['/dev/sda:/dev/sda:r'] }, 'devices.0'),
      'the virtual machine device in long syntax': rejected(
        { devices: [{ source: '/dev/kvm' }] },
        'devices.0',
      ),
      'a device by its class': rejected({ devices: ['vendor.example/gpu=all'] }, 'devices.0'),
    },
  },
  {
    rule: deviceCgroupRules,
    accepts: { 'no rule': withService({ device_cgroup_rules: [] }) },
    rejects: {
      'all block devices': rejected({ device_cgroup_rules: ['b *:* rmw'] }, 'device_cgroup_rules'),
    },
  },
  {
    rule: gpuAttached,
    accepts: { 'no GPU': withService({ deploy: { resources: { limits: { cpus: 2 } } } }) },
    rejects: {
      'all GPUs': rejected({ gpus: 'all' }, 'gpus'),
      'a reserved GPU': rejected(
        { deploy: { resources: { reservations: { devices: [{ capabilities: ['gpu'] }] } } } },
        'deploy.resources.reservations.devices',
      ),
      'the runtime of a GPU': rejected({ runtime: 'nvidia' }, 'runtime'),
    },
  },
  {
    rule: runtimeAnnotation,
    accepts: { 'an annotation for people': withService({ annotations: { 'com.example.a': 'b' } }) },
    rejects: {
      'a hook of crun': rejected(
        { annotations: { 'run.oci.hooks.stderr': '/dev/null' } },
        'annotations.run.oci.hooks.stderr',
      ),
      'a setting of Kata': rejected(
        { annotations: ['io.katacontainers.config.hypervisor.path=/x'] },
        'annotations.0',
      ),
    },
  },
  {
    rule: gvisorMissing,
    accepts: {
      gVisor: withService({ runtime: 'runsc' }),
      Kata: withService({ runtime: 'io.containerd.kata.v2' }),
      'a variable': withService({ runtime: optional }),
    },
    rejects: {
      'no runtime': rejected({ runtime: undefined }, 'runtime'),
      runc: rejected({ runtime: 'runc' }, 'runtime'),
    },
  },
  {
    rule: gvisorOptional,
    accepts: {
      gVisor: withService({ runtime: 'runsc' }),
      'a variable whose default is gVisor': withService({ runtime: EnvRef.optional('R', 'runsc') }),
    },
    rejects: { 'a variable whose default is runc': rejected({ runtime: optional }, 'runtime') },
  },
];
