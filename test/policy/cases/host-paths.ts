import { EnvRef } from '../../../lib/core/env-ref';
import { credentialDirectoryMounted } from '../../../lib/policy/rules/credential-directory-mounted';
import { engineSocketMounted } from '../../../lib/policy/rules/engine-socket-mounted';
import { homeDirectoryMounted } from '../../../lib/policy/rules/home-directory-mounted';
import { hostRootMounted } from '../../../lib/policy/rules/host-root-mounted';
import { hostSocketMounted } from '../../../lib/policy/rules/host-socket-mounted';
import { sessionSocketMounted } from '../../../lib/policy/rules/session-socket-mounted';
import { systemDirectoryMounted } from '../../../lib/policy/rules/system-directory-mounted';
import { bind, rejected, withService, type RuleCases } from './rule-cases';

const home = EnvRef.required('HOME', 'your home folder');

/** The same source in long and short syntax. */
function mounted(source: string) {
  return rejected({ volumes: [bind(source), `${source}:/x:ro`] }, 'volumes.0', 'volumes.1');
}

export const hostPathCases: readonly RuleCases[] = [
  {
    rule: engineSocketMounted,
    accepts: {
      'the project’s own folders': withService({}),
      'a named volume that is called like a socket’s folder': withService({
        volumes: ['docker:/data'],
      }),
      'a variable for a socket that no mount provides': withService({
        environment: { DOCKER_HOST: 'unix:///tmp/engine.sock' },
      }),
    },
    rejects: {
      'Docker’s socket': mounted('/var/run/docker.sock'),
      'Docker’s socket by its other name': mounted('/run/docker.sock'),
      'containerd’s socket': mounted('/run/containerd/containerd.sock'),
      'Podman’s socket of a user': mounted('/run/user/1000/podman/podman.sock'),
      'CRI-O’s socket': mounted('/var/run/crio/crio.sock'),
      'BuildKit’s socket': mounted('/run/buildkit/buildkitd.sock'),
      'Docker Desktop’s socket in a home folder': mounted('~/.docker/run/docker.sock'),
      'Colima’s socket': mounted('/Users/bob/.colima/default/docker.sock'),
      'a socket of that name anywhere': mounted('/srv/proxy/docker.sock'),
      'the socket’s folder': mounted('/run'),
      'the socket’s folder by its other name': mounted('/var/run/'),
      'a folder further up': mounted('/var'),
      'the engine’s data': mounted('/var/lib/docker/volumes'),
      'Docker’s named pipe': mounted('\\\\.\\pipe\\docker_engine'),
      'Docker’s named pipe with slashes': mounted('//./pipe/docker_engine'),
      'a named pipe in long syntax': rejected(
        { volumes: [{ type: 'npipe', source: '\\\\.\\pipe\\docker_engine', target: '/x' }] },
        'volumes.0',
      ),
      'a detour through a process': mounted('/proc/1/root/run/docker.sock'),
      'DOCKER_SOCK as a variable': rejected(
        { volumes: [EnvRef.text`${EnvRef.optional('DOCKER_SOCK', './none')}:/x`] },
        'volumes.0',
      ),
      'an unknown folder with the socket’s name below it': rejected(
        { volumes: [bind(EnvRef.text`${EnvRef.required('DIR', 'a folder')}/run/docker.sock`)] },
        'volumes.0',
      ),
      'the folder of Docker Desktop’s sockets in WSL': mounted('/mnt/wsl'),
      'Docker Desktop’s sockets in WSL': mounted('/mnt/wsl/docker-desktop/shared-sockets'),
      'a log server that is the socket': rejected(
        {
          logging: { driver: 'syslog', options: { 'syslog-address': 'UNIX:///run/%64ocker.sock' } },
        },
        'logging.options.syslog-address',
      ),
      'another log server that is the socket': rejected(
        { logging: { driver: 'fluentd', options: { 'fluentd-address': 'unix:/run/docker.sock' } } },
        'logging.options.fluentd-address',
      ),
      use_api_socket: rejected({ use_api_socket: true }, 'use_api_socket'),
      'a socket under another name that DOCKER_HOST gives away': rejected(
        {
          volumes: [bind('./sockets', { target: '/sockets' })],
          environment: ['DOCKER_HOST=unix:///sockets/a.sock'],
        },
        'volumes.0',
      ),
      'a named volume that binds it': {
        service: { volumes: ['engine:/x'] },
        document: {
          volumes: {
            engine: { driver_opts: { type: 'none', o: 'bind', device: '/run/docker.sock' } },
          },
        },
        at: ['/volumes.engine.driver_opts'],
      },
    },
  },
  {
    rule: hostRootMounted,
    accepts: { 'a folder of the project': withService({}) },
    rejects: {
      '/': mounted('/'),
      '/ with detours': mounted('/home/.././/'),
      'a path that goes up too far': mounted('../../../../../../../../../..'),
      'a Windows drive': mounted('C:\\'),
      'a Windows drive with a slash': mounted('d:/'),
      'a drive as WSL sees it': mounted('/mnt/c'),
      'the root of a process': mounted('/proc/self/root'),
      'the root of a process’s task': mounted('/proc/1/task/1/root/'),
      'Docker Desktop’s view of the host': mounted('/host_mnt'),
      'the disk behind macOS': mounted('/System/Volumes/Data'),
      'a build from /': rejected({ build: { context: '/' } }, 'build.context'),
      'a named volume that binds /': {
        service: {},
        document: { volumes: { all: { driver_opts: { o: 'bind', device: '/' } } } },
        at: ['/volumes.all.driver_opts'],
      },
      'a volume on a disk of the host': {
        service: {},
        document: { volumes: { all: { driver_opts: { type: 'ext4', device: '/dev/sda1' } } } },
        at: ['/volumes.all.driver_opts'],
      },
      'an overlay over /': {
        service: {},
        document: {
          volumes: {
            all: {
              driver_opts: { type: 'overlay', o: 'lowerdir=./a:/,upperdir=./b', device: 'overlay' },
            },
          },
        },
        at: ['/volumes.all.driver_opts'],
      },
    },
  },
  {
    rule: homeDirectoryMounted,
    accepts: {
      'a project in a home folder': withService({ volumes: [bind('/home/alice/work/shop')] }),
      'a folder shared by all users': withService({ volumes: [bind('/Users/Shared/data')] }),
    },
    rejects: {
      '~': mounted('~'),
      '~/': mounted('~/'),
      'the home folder of somebody else': mounted('~bob'),
      'the home folder, spelt out': mounted('/home/alice'),
      'another home folder': mounted('/home/bob/'),
      'root’s': mounted('/root'),
      'one of macOS': mounted('/Users/bob'),
      'one of macOS in another case': mounted('/USERS/Bob'),
      'one of Windows': mounted('C:\\Users\\bob'),
      'one of Windows as Git Bash spells it': mounted('/c/Users/bob'),
      'one of Windows as WSL spells it': mounted('/mnt/c/Users/bob'),
      'the folder of all home folders': mounted('/home'),
      'the folder beside it': mounted('~/..'),
      'C:\\Users': mounted('C:\\Users'),
      'a relative path that ends there': mounted('../../../..'),
      'HOME as a variable': rejected({ volumes: [bind(home)] }, 'volumes.0'),
      'HOME in short syntax': rejected({ volumes: [EnvRef.text`${home}:/h:ro`] }, 'volumes.0'),
      'HOME as literal text': mounted('$HOME'),
      'a tmpfs or network share that binds it in truth': {
        service: {},
        document: {
          volumes: {
            a: { driver_opts: { type: 'tmpfs', o: 'bind,size=1m', device: '/root' } },
            b: { driver_opts: { type: 'nfs', o: 'addr=1.2.3.4, RBIND', device: '/root' } },
            c: { driver_opts: { type: 'cifs', o: 'move', device: '/root' } },
            d: { driver_opts: { type: 'tmpfs', o: 'remount', device: '/root' } },
            e: { driver_opts: { type: 'tmpfs', o: 'size=1m', device: '/root' } },
            f: {
              driver_opts: { type: 'tmpfs', o: EnvRef.optional('O', 'size=1m'), device: '/root' },
            },
            g: { driver_opts: { type: EnvRef.optional('T', 'tmpfs'), device: '/root' } },
          },
        },
        at: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `/volumes.${name}.driver_opts`),
      },
      'contexts that only look as if they were fetched': rejected(
        {
          build: {
            context: 'HTTPS://../../../../../../root',
            additional_contexts: [
              'a=oci-layout:///root:tag@sha256:0',
              'b=file://../../../../../../../root',
            ],
          },
        },
        'build.context',
        'build.additional_contexts.0',
        'build.additional_contexts.1',
      ),
      'a further context of a list with a default': rejected(
        {
          build: {
            context: '.',
            additional_contexts: [EnvRef.text`a=${EnvRef.optional('A', '/root')}`],
          },
        },
        'build.additional_contexts.0',
      ),
      'caches of a build': rejected(
        {
          build: {
            context: '.',
            cache_from: ['type=registry,ref=x', 'type=local, "src=/root"'],
            cache_to: 'TYPE=local,DEST=~',
          },
        },
        'build.cache_from.1',
        'build.cache_to.0',
      ),
      'a build from it': rejected({ build: { context: '~' } }, 'build.context'),
      'a build that takes it as a further context': rejected(
        {
          build: { context: '.', additional_contexts: { home: '/home/alice', base: 'service:x' } },
        },
        'build.additional_contexts.home',
      ),
      'a watch of it': rejected(
        { develop: { watch: [{ path: '~', action: 'sync', target: '/x' }] } },
        'develop.watch.0.path',
      ),
    },
  },
  {
    rule: credentialDirectoryMounted,
    accepts: {
      'the part of a folder without credentials': withService({
        volumes: [bind('~/.cargo/registry'), bind('~/.m2/repository'), bind('~/.cache/pip')],
      }),
      'agent settings of the project': withService({ volumes: [bind('../../.claude')] }),
      'a working copy that an agent tool keeps': withService({
        volumes: [bind('/home/alice/.codex/worktrees/1/shop')],
      }),
    },
    rejects: {
      '~/.ssh': mounted('~/.ssh'),
      'a key in it': mounted('~/.ssh/id_ed25519'),
      'that of somebody else': mounted('/home/bob/.ssh'),
      'a copy of it elsewhere': mounted('/srv/backup/bob/.ssh/id_rsa'),
      '~/.aws': mounted('~/.aws'),
      '~/.kube': mounted('~/.kube/config'),
      '~/.config/gcloud': mounted('~/.config/gcloud'),
      '~/.docker/config.json': mounted('~/.docker/config.json'),
      '~/.npmrc': mounted('~/.npmrc'),
      '~/.git-credentials': mounted('~/.git-credentials'),
      '~/.claude': mounted('~/.claude'),
      '~/.claude.json': mounted('~/.claude.json'),
      '~/.codex/auth.json': mounted('~/.codex/auth.json'),
      '~/.gemini': mounted('~/.gemini'),
      '~/.copilot': mounted('~/.copilot'),
      'a browser profile': mounted('~/.config/google-chrome-beta'),
      'a macOS keychain': mounted('/Users/bob/Library/Keychains'),
      'a password store': mounted('~/.password-store'),
      'a parent of several': mounted('~/.config'),
      '/etc with its keys': mounted('/etc'),
      'the passwords of the host': mounted('/etc/shadow'),
      'credentials of Windows': mounted('C:\\Users\\bob\\.aws'),
      'a variable of ssh': rejected({ volumes: [bind(EnvRef.text`${home}/.ssh`)] }, 'volumes.0'),
      'KUBECONFIG as a variable': rejected(
        { volumes: [bind(EnvRef.optional('KUBECONFIG', './kube'))] },
        'volumes.0',
      ),
      'a default in a home folder': rejected(
        { volumes: [bind(EnvRef.optional('KEYS', '~/.ssh'))] },
        'volumes.0',
      ),
      'any folder with .ssh below it': rejected(
        { volumes: [bind(EnvRef.text`${EnvRef.required('DIR', 'a folder')}/.ssh`)] },
        'volumes.0',
      ),
      'a file of variables': rejected({ env_file: '~/.aws/credentials' }, 'env_file'),
      'files of variables in the long form': rejected(
        { env_file: [{ path: './a.env' }, { path: '~/.netrc' }] },
        'env_file.1',
      ),
      'keys for a log server': rejected(
        {
          logging: {
            driver: 'syslog',
            options: { 'syslog-tls-key': '~/.ssh/id_rsa', 'syslog-tls-cert': './cert.pem' },
          },
        },
        'logging.options.syslog-tls-key',
      ),
      'a file of labels': rejected({ label_file: ['~/.npmrc'] }, 'label_file.0'),
      'a key for a build': rejected(
        { build: { context: '.', ssh: ['id=~/.ssh/id_rsa'] } },
        'build.ssh.0',
      ),
      'secrets and configs from there': {
        service: {},
        document: {
          secrets: { key: { file: '~/.ssh/id_rsa' } },
          configs: { kube: { file: '/home/alice/.kube/config' } },
        },
        at: ['/secrets.key.file', '/configs.kube.file'],
      },
    },
  },
  {
    rule: sessionSocketMounted,
    accepts: { 'a socket of a named volume': withService({ volumes: ['sockets:/sockets'] }) },
    rejects: {
      'an SSH agent': mounted('/tmp/ssh-abc123/agent.42'),
      'an SSH agent by its variable': rejected(
        { volumes: [EnvRef.text`${EnvRef.required('SSH_AUTH_SOCK', 'SSH agent')}:/agent`] },
        'volumes.0',
      ),
      'Docker Desktop’s SSH agent': mounted('/run/host-services/ssh-auth.sock'),
      'D-Bus of a user': mounted('/run/user/1000/bus'),
      'D-Bus of the system': mounted('/var/run/dbus/system_bus_socket'),
      'a keyring': mounted('/run/user/1000/keyring/ssh'),
      'all of /tmp': mounted('/tmp'),
      'all of macOS’s /tmp': mounted('/private/tmp'),
      'all of a session': mounted('/run/user/1000'),
    },
  },
  {
    rule: hostSocketMounted,
    accepts: {
      'a folder': withService({}),
      'a socket of a named volume': withService({ volumes: ['sockets:/sockets'] }),
    },
    rejects: {
      'a socket of the project': mounted('../../server.sock'),
      'the display': mounted('/tmp/.X11-unix'),
      'a Wayland display': mounted('/run/user/1000/wayland-0'),
    },
  },
  {
    rule: systemDirectoryMounted,
    accepts: {
      'the empty device': withService({ volumes: [bind('/dev/null')] }),
      'a source tree below /usr/src': withService({ volumes: [bind('/usr/src/app')] }),
      'a build from there, which mounts nothing': withService({
        build: { context: '/usr/share/x' },
      }),
    },
    rejects: {
      '/etc/hosts': mounted('/etc/hosts'),
      '/proc': mounted('/proc'),
      '/sys/fs/cgroup': mounted('/sys/fs/cgroup'),
      '/dev': mounted('/dev'),
      '/boot': mounted('/boot'),
      '/usr': mounted('/usr'),
      '/usr/lib': mounted('/usr//lib/x86_64-linux-gnu'),
      '/lib': mounted('/lib'),
      '/var/log': mounted('/var/log/../log'),
      'macOS’s system': mounted('/System/Library'),
      'the system of Windows': mounted('C:\\Windows'),
    },
  },
];
