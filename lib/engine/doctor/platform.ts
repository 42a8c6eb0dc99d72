/** The machine, as far as commands differ on it. */

export type Platform = 'debian' | 'fedora' | 'macos' | 'wsl' | 'linux' | 'other';

/** @param osRelease the text of /etc/os-release, @param kernel that of /proc/version; empty without one */
export function platformOf(system: string, osRelease: string, kernel: string): Platform {
  if (system === 'darwin') return 'macos';
  if (system !== 'linux') return 'other';
  if (/microsoft/i.test(kernel)) return 'wsl';
  const like = [...osRelease.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)]
    .map(([, ids]) => ids)
    .join(' ');
  if (/\b(?:debian|ubuntu)\b/.test(like)) return 'debian';
  return /\b(?:fedora|rhel|centos)\b/.test(like) ? 'fedora' : 'linux';
}

type Commands = Readonly<Partial<Record<Platform, string>>>;

/** The command for the platform; `linux` where a distribution has none of its own. */
export function commandFor(platform: Platform, commands: Commands): string | undefined {
  const isLinux = platform === 'debian' || platform === 'fedora' || platform === 'wsl';
  return commands[platform] ?? (isLinux ? commands.linux : undefined);
}

export const INSTALL_ENGINE: Commands = {
  debian: 'sudo apt-get install docker.io',
  fedora: 'sudo dnf install moby-engine && sudo systemctl enable --now docker',
  macos: 'brew install --cask docker  # or: brew install colima docker && colima start',
  wsl: 'install Docker Desktop and turn on its integration with this distribution',
  linux: 'see https://docs.docker.com/engine/install/',
};

export const INSTALL_COMPOSE: Commands = {
  debian: 'sudo apt-get install docker-compose-plugin  # or, in Debian 13: docker-compose',
  fedora: 'sudo dnf install docker-compose-plugin',
  macos: 'brew install docker-compose',
  linux: 'see https://docs.docker.com/compose/install/linux/',
};

export const UPDATE_ENGINE: Commands = {
  debian: 'sudo apt-get update && sudo apt-get upgrade',
  fedora: 'sudo dnf upgrade',
  macos: 'update Docker Desktop, or: brew upgrade colima docker',
  wsl: 'update Docker Desktop',
  linux: 'update docker, containerd and runc with your package manager',
};
