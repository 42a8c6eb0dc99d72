import { EnvRef } from '../../../lib/core/env-ref';
import { absoluteBindSource } from '../../../lib/policy/rules/absolute-bind-source';
import { bindCreatesHostPath } from '../../../lib/policy/rules/bind-creates-host-path';
import { duplicateMountTarget } from '../../../lib/policy/rules/duplicate-mount-target';
import { externalVolume } from '../../../lib/policy/rules/external-volume';
import { mountOverSystemDirectory } from '../../../lib/policy/rules/mount-over-system-directory';
import { mountPropagation } from '../../../lib/policy/rules/mount-propagation';
import { outputOverlapsSource } from '../../../lib/policy/rules/output-overlaps-source';
import { outputShared } from '../../../lib/policy/rules/output-shared';
import { rootFilesystemWritable } from '../../../lib/policy/rules/root-filesystem-writable';
import { sourceWritable } from '../../../lib/policy/rules/source-writable';
import { tmpfsInodesUnlimited } from '../../../lib/policy/rules/tmpfs-inodes-unlimited';
import { tmpfsOptionsWeak } from '../../../lib/policy/rules/tmpfs-options-weak';
import { tmpfsUnsized } from '../../../lib/policy/rules/tmpfs-unsized';
import { unboundedVolume } from '../../../lib/policy/rules/unbounded-volume';
import { volumeDriverUnreviewed } from '../../../lib/policy/rules/volume-driver-unreviewed';
import { volumesFrom } from '../../../lib/policy/rules/volumes-from';
import { watchWritesIntoContainer } from '../../../lib/policy/rules/watch-writes-into-container';
import { service } from '../default-sandbox';
import { bind, rejected, withService, type RuleCases } from './rule-cases';

const output = bind('./output/agent', { target: '/output', read_only: false });
const agentWriting = (source: string) =>
  service({ volumes: [bind(source, { target: '/output', read_only: false })] });

export const fileCases: readonly RuleCases[] = [
  {
    rule: rootFilesystemWritable,
    accepts: { 'a read-only root': withService({ read_only: true }) },
    rejects: {
      nothing: rejected({ read_only: undefined }, 'read_only'),
      false: rejected({ read_only: false }, 'read_only'),
      'a variable, even one whose default is true': rejected(
        { read_only: EnvRef.optional('READ_ONLY', 'true') },
        'read_only',
      ),
    },
  },
  {
    rule: sourceWritable,
    accepts: {
      'a read-only source and a writable output': withService({}),
      'an output below /output, in short syntax': withService({
        volumes: ['./output/agent:/output/reports', '../../src:/workspace:ro,z'],
      }),
      'a named volume and a tmpfs': withService({ volumes: ['cache:/cache'] }),
    },
    rejects: {
      'a writable source': rejected(
        { volumes: [bind('../../src', { read_only: undefined })] },
        'volumes.0',
      ),
      'a writable source in short syntax': rejected(
        { volumes: ['../../src:/workspace', '../../docs:/docs:ro,rw'] },
        'volumes.0',
        'volumes.1',
      ),
      'a source whose read-only is left to a variable': rejected(
        { volumes: [bind('../../src', { read_only: EnvRef.optional('RO', 'true') })] },
        'volumes.0',
      ),
      'a source with writable mounts below it': rejected(
        { volumes: [bind('../../src', { bind: { recursive: 'writable' } })] },
        'volumes.0',
      ),
      'a target that only looks like the output': rejected(
        { volumes: ['./a:/outputs', './b:/output/../workspace'] },
        'volumes.0',
        'volumes.1',
      ),
      'a named volume that is a bind': {
        service: { volumes: ['src:/workspace'] },
        document: { volumes: { src: { driver_opts: { o: 'bind', device: '/srv/src' } } } },
        at: ['volumes.0'],
      },
    },
  },
  {
    rule: outputOverlapsSource,
    accepts: {
      'an output inside the project': withService({ volumes: [bind('../..'), output] }),
      'sources only': withService({ volumes: [bind('../..'), bind('../../src')] }),
    },
    rejects: {
      'the source itself as output': rejected(
        {
          volumes: [bind('../../src'), bind('../../src/', { target: '/output', read_only: false })],
        },
        'volumes.1',
      ),
      'a folder around the source': rejected(
        {
          volumes: [
            bind('../../out', { target: '/output', read_only: false }),
            bind('../../out/src', { target: '/workspace' }),
          ],
        },
        'volumes.0',
      ),
      'the folder of the compose file': rejected({ volumes: ['.:/output'] }, 'volumes.0'),
      'the whole project, in which the sandbox’s own files lie': rejected(
        { volumes: ['../..:/output'] },
        'volumes.0',
      ),
    },
  },
  {
    rule: outputShared,
    accepts: {
      'an output for each agent': {
        document: {
          services: { a: agentWriting('./output/a'), b: agentWriting('./output/b') },
        },
      },
      'two writable folders of one agent': withService({
        volumes: [output, bind('./output/agent/x', { target: '/output/x', read_only: false })],
      }),
    },
    rejects: {
      'one output for two agents': {
        document: { services: { a: agentWriting('./out'), b: agentWriting('./out/') } },
        at: ['/services.b.volumes.0'],
      },
      'an output inside another agent’s': {
        document: { services: { a: agentWriting('./out/a/x'), b: agentWriting('./out') } },
        at: ['/services.a.volumes.0'],
      },
    },
  },
  {
    rule: tmpfsUnsized,
    accepts: {
      'sizes in both syntaxes': withService({
        tmpfs: '/tmp:mode=1777,size=64m',
        volumes: [{ type: 'tmpfs', target: '/cache', tmpfs: { size: 1048576 } }],
      }),
    },
    rejects: {
      'no size': rejected({ tmpfs: ['/tmp', '/run:mode=755'] }, 'tmpfs.0', 'tmpfs.1'),
      'one tmpfs without a list': rejected({ tmpfs: '/tmp' }, 'tmpfs'),
      'the size 0, which is no limit': rejected({ tmpfs: ['/tmp:size=0'] }, 'tmpfs.0'),
      'a part of the host’s memory': rejected({ tmpfs: ['/tmp:size=50%'] }, 'tmpfs.0'),
      'no size in long syntax': rejected(
        { tmpfs: undefined, volumes: [{ type: 'tmpfs', target: '/cache' }] },
        'volumes.0',
      ),
      'a size that only the environment knows': rejected(
        { tmpfs: [EnvRef.text`/tmp:size=${EnvRef.required('SIZE', 'a size')}`] },
        'tmpfs.0',
      ),
    },
  },
  {
    rule: tmpfsInodesUnlimited,
    accepts: { 'a limit of inodes': withService({ tmpfs: ['/tmp:nr_inodes=64k,size=1m'] }) },
    rejects: {
      'no limit': rejected({ tmpfs: ['/tmp:size=1m'] }, 'tmpfs.0'),
      'the limit 0, which is none': rejected({ tmpfs: ['/tmp:nr_inodes=0'] }, 'tmpfs.0'),
    },
  },
  {
    rule: tmpfsOptionsWeak,
    accepts: {
      'the engine’s defaults': withService({ tmpfs: ['/tmp:size=1m,nosuid,nodev,exec'] }),
    },
    rejects: { 'suid and dev': rejected({ tmpfs: ['/tmp:suid,DEV,size=1m'] }, 'tmpfs.0') },
  },
  {
    rule: unboundedVolume,
    accepts: {
      'a volume in memory with a size': {
        service: { volumes: ['cache:/cache'] },
        document: {
          volumes: {
            cache: { driver_opts: { type: 'tmpfs', device: 'tmpfs', o: 'uid=1,size=9m' } },
          },
        },
      },
      'a volume that is only read': withService({ volumes: ['cache:/cache:ro'] }),
    },
    rejects: {
      'a named volume': rejected({ volumes: ['cache:/cache'] }, 'volumes.0'),
      'an anonymous volume': rejected({ volumes: ['/cache'] }, 'volumes.0'),
      'the size 0': {
        service: { volumes: [{ type: 'volume', source: 'cache', target: '/cache' }] },
        document: { volumes: { cache: { driver_opts: { type: 'tmpfs', o: 'size=0' } } } },
        at: ['volumes.0'],
      },
    },
  },
  {
    rule: externalVolume,
    accepts: { 'a volume of the sandbox': { document: { volumes: { cache: null } } } },
    rejects: {
      'an external volume': {
        document: { volumes: { data: { external: true } } },
        at: ['/volumes.data.external'],
      },
    },
  },
  {
    rule: volumeDriverUnreviewed,
    accepts: {
      'folders, binds and memory of the local driver': {
        document: {
          volumes: {
            a: null,
            b: { driver: 'local' },
            c: { driver_opts: { type: 'tmpfs' } },
            d: { driver_opts: { type: 'none', o: 'bind', device: './d' } },
          },
        },
      },
    },
    rejects: {
      'a plugin': { document: { volumes: { a: { driver: 'sshfs' } } }, at: ['/volumes.a.driver'] },
      'a network share': {
        document: { volumes: { a: { driver_opts: { type: 'nfs', o: 'addr=10.0.0.1' } } } },
        at: ['/volumes.a.driver_opts'],
      },
      'a fresh /proc': {
        document: { volumes: { a: { driver_opts: { type: 'proc', device: 'proc' } } } },
        at: ['/volumes.a.driver_opts'],
      },
    },
  },
  {
    rule: volumesFrom,
    accepts: { 'mounts of its own': withService({ volumes_from: [] }) },
    rejects: {
      'the mounts of a container': rejected({ volumes_from: ['container:db:ro'] }, 'volumes_from'),
    },
  },
  {
    rule: bindCreatesHostPath,
    accepts: { 'create_host_path false': withService({}) },
    rejects: {
      'nothing, which means true': rejected({ volumes: [bind('./a', { bind: {} })] }, 'volumes.0'),
      true: rejected({ volumes: [bind('./a', { bind: { create_host_path: true } })] }, 'volumes.0'),
      'the short syntax': rejected({ volumes: ['./a:/a:ro'] }, 'volumes.0'),
    },
  },
  {
    rule: mountPropagation,
    accepts: {
      'none and private': withService({
        volumes: ['./a:/a:ro', bind('./b', { bind: { propagation: 'rprivate' } })],
      }),
    },
    rejects: {
      shared: rejected(
        { volumes: [bind('./a', { bind: { propagation: 'shared' } })] },
        'volumes.0',
      ),
      'slave in short syntax': rejected({ volumes: ['./a:/a:ro,rslave'] }, 'volumes.0'),
      'a variable without a default': rejected(
        { volumes: [bind('./a', { bind: { propagation: EnvRef.required('P', 'a mode') } })] },
        'volumes.0',
      ),
    },
  },
  {
    rule: absoluteBindSource,
    accepts: {
      'relative paths': withService({}),
      'the empty device': withService({ volumes: [bind('/dev/null')] }),
    },
    rejects: {
      'absolute paths in both syntaxes': rejected(
        { volumes: [bind('/srv/data'), '~/data:/data:ro'] },
        'volumes.0',
        'volumes.1',
      ),
      'an absolute context': rejected({ build: { context: '/srv/image' } }, 'build.context'),
    },
  },
  {
    rule: duplicateMountTarget,
    accepts: {
      'different targets, also one below another': withService({
        volumes: [bind('../../src', { target: '/w' }), bind('./x', { target: '/w/x' })],
        secrets: ['w'],
        configs: ['v'],
      }),
    },
    rejects: {
      'two binds': rejected({ volumes: [bind('./a'), './b:/mnt:ro'] }, 'volumes.1'),
      'two spellings of one target': rejected(
        { volumes: [bind('./a'), bind('./b', { target: '//mnt/./x/../' })] },
        'volumes.1',
      ),
      'a bind and a tmpfs': rejected(
        { volumes: [bind('./a')], tmpfs: ['/mnt:size=1m'] },
        'tmpfs.0',
      ),
      'a bind over a secret': rejected(
        { volumes: [bind('./a', { target: '/run/secrets/key' })], secrets: ['key'] },
        'secrets.0',
      ),
      'a secret and a config': rejected(
        {
          secrets: [{ source: 'a', target: '/etc/x' }],
          configs: [{ source: 'b', target: '/etc/x' }],
        },
        'configs.0',
      ),
      'each one after the first': rejected(
        { volumes: ['./a:/m', './b:/m', './c:/m'] },
        'volumes.1',
        'volumes.2',
      ),
    },
  },
  {
    rule: mountOverSystemDirectory,
    accepts: {
      'the usual targets': withService({}),
      'a configuration file, shared memory and a folder of its own': withService({
        volumes: [
          bind('./x.conf', { target: '/etc/rsyslog.conf' }),
          bind('./y', { target: '/usr/share/fixtures' }),
        ],
        tmpfs: ['/dev/shm:size=1m', '/run:size=1m', '/var/tmp:size=1m'],
      }),
    },
    rejects: {
      programs: rejected({ volumes: [bind('./a', { target: '/usr/bin' })] }, 'volumes.0'),
      'one program': rejected({ volumes: [bind('./a', { target: '/bin/sh' })] }, 'volumes.0'),
      'the root': rejected({ volumes: [bind('./a', { target: '/' })] }, 'volumes.0'),
      accounts: rejected({ volumes: [bind('./a', { target: '/etc/passwd' })] }, 'volumes.0'),
      'what the linker loads first': rejected(
        { configs: [{ source: 'a', target: '/etc/ld.so.preload' }] },
        'configs.0',
      ),
      '/proc, by a detour': rejected({ tmpfs: ['/tmp/../proc/sys:size=1m'] }, 'tmpfs.0'),
    },
  },
  {
    rule: watchWritesIntoContainer,
    accepts: {
      'no watch': withService({}),
      'a watch that builds anew': withService({
        develop: { watch: [{ path: '.', action: 'rebuild' }] },
      }),
    },
    rejects: {
      'a watch that copies': rejected(
        { develop: { watch: [{ path: '.', action: 'sync', target: '/x' }] } },
        'develop.watch.0',
      ),
    },
  },
];
