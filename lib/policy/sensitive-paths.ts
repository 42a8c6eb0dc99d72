/**
 * The host paths that no sandbox may see, as data. In a path, `*` stands for one component (also
 * as the end of one) and `~` for any home folder. What is listed counts with all that lies below
 * it, unless it is marked `only`.
 */
import { CREDENTIALS } from './credential-paths';

/** What a sensitive path is, the most dangerous first. */
export type PathKind =
  | 'root'
  | 'engine-socket'
  | 'home'
  | 'credentials'
  | 'session-socket'
  | 'display-socket'
  | 'system';

export interface PathGroup {
  readonly kind: PathKind | 'allowed';
  /** In words, for messages. */
  readonly what: string;
  /** True when what lies below is another matter. */
  readonly only?: boolean;
  readonly paths: readonly string[];
}

/** Names of sockets that hand over the whole host, wherever they lie. */
export const ENGINE_SOCKET =
  /^(?:(?:[a-z0-9._-]*[._-])?(?:docker|dockerd|containerd|podman|crio|cri-o|cri-dockerd|dockershim|buildkitd?|balena-engine|nerdctl|frakti|rktlet)(?:[._-](?:raw|cli|debug|api|root|user|proxy))*\.sock(?:et|\.ttrpc)?|docker_engine(?:_.+)?|dockerdesktop.*engine|containerd-containerd|podman-machine-.+)$/;

/** Names of sockets of the user's own session, wherever they lie. */
export const SESSION_SOCKET =
  /^(?:ssh[-_.]?(?:agent|auth)[a-z0-9._-]*(?:sock|socket|\d)|s\.gpg-agent.*|system_bus_socket)$/;

/** Folders that hold credentials wherever they lie, as in a backup of a home folder. */
export const CREDENTIALS_ANYWHERE: ReadonlySet<string> = new Set([
  '.ssh',
  '.gnupg',
  '.kube',
  '.password-store',
  '.netrc',
  '_netrc',
  '.git-credentials',
  '.pgpass',
  '.vault-token',
]);

/** What variables stand for that hold a sensitive path on most hosts. */
export const VARIABLES: Readonly<Record<string, string>> = {
  HOME: '~',
  USERPROFILE: '~',
  HOMEPATH: '~',
  XDG_CONFIG_HOME: '~/.config',
  XDG_DATA_HOME: '~/.local/share',
  XDG_CACHE_HOME: '~/.cache',
  XDG_RUNTIME_DIR: '/run/user/0',
  APPDATA: '~/AppData/Roaming',
  LOCALAPPDATA: '~/AppData/Local',
  SSH_AUTH_SOCK: '/run/user/0/ssh-agent.sock',
  DBUS_SESSION_BUS_ADDRESS: '/run/user/0/bus',
  GNUPGHOME: '~/.gnupg',
  XAUTHORITY: '~/.Xauthority',
  KUBECONFIG: '~/.kube/config',
  DOCKER_CONFIG: '~/.docker',
  DOCKER_HOST: '/run/docker.sock',
  DOCKER_SOCK: '/run/docker.sock',
  DOCKER_SOCKET: '/run/docker.sock',
  CONTAINER_HOST: '/run/podman/podman.sock',
  BUILDKIT_HOST: '/run/buildkit/buildkitd.sock',
  AWS_CONFIG_FILE: '~/.aws/config',
  AWS_SHARED_CREDENTIALS_FILE: '~/.aws/credentials',
  AZURE_CONFIG_DIR: '~/.azure',
  CLOUDSDK_CONFIG: '~/.config/gcloud',
  GOOGLE_APPLICATION_CREDENTIALS: '~/.config/gcloud/application_default_credentials.json',
  NPM_CONFIG_USERCONFIG: '~/.npmrc',
  CARGO_HOME: '~/.cargo',
  NETRC: '~/.netrc',
  PASSWORD_STORE_DIR: '~/.password-store',
  CLAUDE_CONFIG_DIR: '~/.claude',
  CODEX_HOME: '~/.codex',
};

const ROOTS: readonly PathGroup[] = [
  { kind: 'root', what: 'the whole host', only: true, paths: ['/', '<drive>', '/volumes'] },
];

const ENGINES: readonly PathGroup[] = [
  {
    kind: 'engine-socket',
    what: 'the sockets of container engines',
    only: true,
    paths: ['/run', '/var', '/var/lib', '/pipe', '/mnt', '/mnt/wsl'],
  },
  {
    kind: 'engine-socket',
    what: 'the sockets and data of container engines',
    paths: [
      '/run/docker',
      '/run/containerd',
      '/run/podman',
      '/run/crio',
      '/run/buildkit',
      '/run/k3s',
      '/run/nri',
      '/run/incus',
      '/run/libvirt',
      '/run/systemd/private',
      '/run/user/*/docker*',
      '/run/user/*/containerd*',
      '/run/user/*/podman',
      '/run/user/*/buildkit*',
      '/run/user/*/libpod',
      '/var/lib/docker',
      '/var/lib/containerd',
      '/var/lib/containers',
      '/var/lib/buildkit',
      '/var/lib/rancher',
      '/var/lib/kubelet',
      '/var/lib/lxd',
      '/var/lib/incus',
      // Docker Desktop and Rancher Desktop share their sockets with every WSL system here.
      '/mnt/wsl/docker-desktop*',
      '/mnt/wsl/rancher-desktop*',
      '/mnt/wsl/podman-sockets',
      '/var/snap/docker',
      '/var/snap/lxd',
      '/var/snap/microk8s',
      '~/.docker/run',
      '~/.docker/desktop',
      '~/.colima',
      '~/.lima',
      '~/.rd',
      '~/.orbstack',
      '~/.finch',
      '~/.minikube',
      '~/.local/share/docker',
      '~/.local/share/containers',
      '~/library/containers/com.docker.docker',
    ],
  },
];

const HOMES: readonly PathGroup[] = [
  {
    kind: 'home',
    what: 'home folders',
    only: true,
    paths: ['/home', '/users', '/var/home', '/export/home', '<drive>/users'],
  },
];

/** Where home folders lie; `~` in the other lists means each of them. */
export const HOME_PLACES: readonly string[] = [
  '~',
  '/root',
  '/home/*',
  '/users/*',
  '/var/home/*',
  '/export/home/*',
  '<drive>/users/*',
];

const SESSIONS: readonly PathGroup[] = [
  {
    kind: 'session-socket',
    what: 'sockets of user sessions, among them SSH agents',
    only: true,
    paths: ['/tmp', '/run/user', '/run/user/*'],
  },
  {
    kind: 'session-socket',
    what: 'SSH agents, GPG agents, keyrings and D-Bus',
    paths: [
      '/tmp/ssh-*',
      '/tmp/dbus-*',
      '/tmp/com.apple.launchd.*',
      '/tmp/keyring-*',
      '/run/dbus',
      '/run/host-services',
      '/run/user/*/bus',
      '/run/user/*/dbus*',
      '/run/user/*/gnupg',
      '/run/user/*/keyring*',
      '/run/user/*/gcr',
      '/run/user/*/ssh-agent*',
      '/run/user/*/openssh_agent',
      '/run/user/*/systemd',
      '/run/user/*/kwallet*',
    ],
  },
  {
    kind: 'display-socket',
    what: 'the screen, keyboard and sound of the user',
    paths: [
      '/tmp/.x11-unix',
      '/tmp/.ice-unix',
      '/tmp/.xim-unix',
      '/run/user/*/wayland-*',
      '/run/user/*/pipewire-*',
      '/run/user/*/pulse',
      '/run/user/*/at-spi',
    ],
  },
];

const SYSTEM: readonly PathGroup[] = [
  {
    kind: 'system',
    what: 'the system’s own files',
    paths: [
      '/etc',
      '/proc',
      '/sys',
      '/dev',
      '/boot',
      '/efi',
      '/bin',
      '/sbin',
      '/lib',
      '/lib32',
      '/lib64',
      '/libx32',
      '/usr/bin',
      '/usr/sbin',
      '/usr/lib',
      '/usr/lib32',
      '/usr/lib64',
      '/usr/libexec',
      '/usr/include',
      '/usr/share',
      '/usr/local/bin',
      '/usr/local/sbin',
      '/usr/local/lib',
      '/run/systemd',
      '/run/udev',
      '/run/lock',
      '/var/log',
      '/var/spool',
      '/var/cache',
      '/var/backups',
      '/var/mail',
      '/var/db',
      '/var/lib/systemd',
      '/var/lib/dpkg',
      '/var/lib/rpm',
      '/var/lib/apt',
      '/nix',
      '/gnu/store',
      '/ostree',
      '/system',
      '/library',
      '/applications',
      '/cores',
      '<drive>/windows',
      '<drive>/program files',
      '<drive>/program files (x86)',
      '<drive>/programdata',
    ],
  },
  {
    kind: 'system',
    what: 'the system’s own folders',
    only: true,
    paths: ['/usr', '/usr/local', '/opt', '/srv', '/media', '/run/media', '/var/tmp'],
  },
  // The usual way to hide one file of a mounted folder; and no home folder, in spite of its place.
  {
    kind: 'allowed',
    what: 'nothing of anybody’s',
    paths: ['/dev/null', '/users/shared', '<drive>/users/public'],
  },
];

/** Every group. A path in two of them belongs to the one that names more of it. */
export const PATH_GROUPS: readonly PathGroup[] = [
  ...ROOTS,
  ...ENGINES,
  ...HOMES,
  ...CREDENTIALS,
  ...SESSIONS,
  ...SYSTEM,
];
