/** What engine and Compose are, and what the engine can and cannot enforce. */
import type { EngineInfo, EngineVersion } from '../api';
import { isPodman } from '../component-version';
import type { Facts } from './facts';
import type { Line } from './line';
import { commandFor, INSTALL_COMPOSE, INSTALL_ENGINE } from './platform';

const OLDEST_API = 41;

export function engineLine({ engine, endpoint, platform }: Facts): Line {
  const id = 'engine';
  const rows: readonly string[] = [];
  if ('error' in engine) {
    const fix = commandFor(platform, INSTALL_ENGINE);
    return { id, state: 'bad', found: engine.error, means: 'no sandbox can be started', rows, fix };
  }
  const { version, info } = engine;
  const where = 'host' in endpoint ? `${endpoint.host}, chosen by ${endpoint.chosenBy}` : '';
  const found = `${kindOf(version, info)} ${version.Version}, API ${version.ApiVersion}, ${version.Os}/${version.Arch} (${where})`;
  const means = whyUnfit(version);
  return means === undefined
    ? { id, state: 'good', found, means: 'sandboxes can be started', rows }
    : { id, state: 'bad', found, means, rows, fix: commandFor(platform, INSTALL_ENGINE) };
}

function whyUnfit(version: EngineVersion): string | undefined {
  if (isPodman(version)) {
    return 'sandboxes do not start on Podman (tried with 4.3): it refuses the inode limits of places in memory (nr_inodes), and builds only with DOCKER_BUILDKIT=0';
  }
  const isOld = Number(version.ApiVersion.split('.')[1]) < OLDEST_API;
  return isOld ? 'Engine 20.10 or newer is needed' : undefined;
}

/** By what they say of themselves: each speaks the same API. */
export function kindOf(version: EngineVersion, info: EngineInfo): string {
  if (isPodman(version)) return 'Podman';
  if (/desktop/i.test(`${version.Platform?.Name ?? ''} ${info.OperatingSystem}`))
    return 'Docker Desktop';
  if (info.Name === 'colima' || /colima/i.test(info.OperatingSystem)) return 'Colima';
  if (/rancher/i.test(info.Name)) return 'Rancher Desktop';
  return /orbstack/i.test(info.OperatingSystem) ? 'OrbStack' : 'Docker Engine';
}

export function composeLine({ compose, platform }: Facts): Line {
  const id = 'compose';
  const rows: readonly string[] = [];
  const fix = commandFor(platform, INSTALL_COMPOSE);
  if ('error' in compose) {
    return {
      id,
      state: 'bad',
      found: compose.error,
      means: 'Docker Compose 2 starts the sandboxes',
      rows,
      fix,
    };
  }
  const found = `Compose ${compose.version} (${compose.program})`;
  return /^(?:[2-9]|\d{2,})\./.test(compose.version)
    ? { id, state: 'good', found, means: 'sandboxes can be started', rows }
    : {
        id,
        state: 'bad',
        found,
        means: 'Compose 1 does not know what is needed; 2 does',
        rows,
        fix,
      };
}

type Ask = (info: EngineInfo, facts: Facts) => Line;

/** Asked of an engine that answers. */
export const QUESTIONS: readonly Ask[] = [limits, seccomp, accessControl, rootless, gvisor, disk];

function limits(info: EngineInfo): Line {
  const missing = [
    ...(info.MemoryLimit ? [] : ['memory']),
    ...(info.SwapLimit ? [] : ['swap']),
    ...(info.CpuCfsQuota ? [] : ['CPU']),
    ...(info.PidsLimit ? [] : ['processes']),
  ];
  const version = `control groups v${info.CgroupVersion ?? '1'} (${info.CgroupDriver})`;
  const rows = ['K4', 'K5'];
  if (missing.length === 0) {
    return {
      id: 'limits',
      state: 'good',
      found: version,
      means: 'memory, swap, CPU and processes can be limited',
      rows,
    };
  }
  return {
    id: 'limits',
    state: 'bad',
    found: `${version} without limits of ${missing.join(', ')}`,
    means: 'an agent can take all of it from the host',
    rows,
    fix: 'add cgroup_enable=memory swapaccount=1 to the kernel command line (GRUB_CMDLINE_LINUX), then sudo update-grub and restart',
  };
}

function optionsOf({ SecurityOptions }: EngineInfo, name: string): string | undefined {
  return SecurityOptions?.find((option) => option.split(',')[0] === `name=${name}`);
}

function seccomp(info: EngineInfo): Line {
  const option = optionsOf(info, 'seccomp');
  const profile = /profile=([^,]*)/.exec(option ?? '')?.[1] ?? 'default';
  const rows = ['K2'];
  if (option === undefined || profile === 'unconfined') {
    return {
      id: 'seccomp',
      state: 'bad',
      found: option === undefined ? 'no seccomp' : 'seccomp is unconfined',
      means: 'system calls that lead out of containers are not refused',
      rows,
      fix: 'take "seccomp-profile" out of /etc/docker/daemon.json, then sudo systemctl restart docker',
    };
  }
  const isOwn = profile === 'builtin' || profile === 'default';
  return isOwn
    ? {
        id: 'seccomp',
        state: 'good',
        found: `seccomp, profile ${profile}`,
        means: 'dangerous system calls are refused',
        rows,
      }
    : {
        id: 'seccomp',
        state: 'weak',
        found: `seccomp with a profile of your own (${profile})`,
        means: 'it is as good as that profile; validate tries the calls',
        rows,
      };
}

function accessControl(info: EngineInfo, { platform }: Facts): Line {
  const found = ['apparmor', 'selinux'].find((name) => optionsOf(info, name) !== undefined);
  const rows = ['K3'];
  if (found !== undefined) {
    return {
      id: 'access-control',
      state: 'good',
      found: found === 'selinux' ? 'SELinux' : 'AppArmor',
      means: 'a second wall around files and kernel settings',
      rows,
    };
  }
  return {
    id: 'access-control',
    state: 'weak',
    found: 'neither AppArmor nor SELinux',
    means: 'one wall less; masked and read-only paths still stand',
    rows,
    fix: commandFor(platform, {
      debian:
        'sudo apt-get install apparmor && sudo systemctl enable --now apparmor, then restart docker',
      fedora:
        'set "selinux-enabled": true in /etc/docker/daemon.json, then sudo systemctl restart docker',
    }),
  };
}

function rootless(info: EngineInfo, { person }: Facts): Line {
  const rows = ['F8', 'K1'];
  if (optionsOf(info, 'rootless') !== undefined) {
    return {
      id: 'rootless',
      state: 'weak',
      found: 'rootless',
      means:
        'the engine itself has no rights on the host, which is good; outputs belong to one of the ids of /etc/subuid instead of you',
      rows,
    };
  }
  if (optionsOf(info, 'userns') !== undefined) {
    return {
      id: 'rootless',
      state: 'weak',
      found: 'userns-remap',
      means:
        'ids inside are others on the host, which is good; outputs belong to one of them instead of you',
      rows,
    };
  }
  return {
    id: 'rootless',
    state: 'good',
    found: `the engine runs as root, sandboxes as uid ${person.uid}, gid ${person.gid}`,
    means: 'outputs belong to that person',
    rows,
  };
}

function gvisor(info: EngineInfo): Line {
  const rows = ['K7'];
  return Object.hasOwn(info.Runtimes ?? {}, 'runsc')
    ? {
        id: 'gvisor',
        state: 'good',
        found: 'gVisor (runsc)',
        means: 'Level 3 gets a kernel of its own',
        rows,
      }
    : {
        id: 'gvisor',
        state: 'weak',
        found: `no gVisor among ${Object.keys(info.Runtimes ?? {}).join(', ') || 'the runtimes'}`,
        means: 'sandboxes share the host’s kernel; Level 3 would use gVisor',
        rows,
        fix: 'install it as https://gvisor.dev/docs/user_guide/install/ says, then sudo runsc install && sudo systemctl restart docker',
      };
}

const GIBIBYTE = 2 ** 30;

function disk({ DockerRootDir }: EngineInfo, { freeBytes }: Facts): Line {
  const rows = ['F6'];
  if (freeBytes === undefined) {
    return {
      id: 'disk',
      state: 'unknown',
      found: `${DockerRootDir} cannot be looked at from here, or is elsewhere`,
      means: 'whether there is room cannot be told; docker system df tells some',
      rows,
    };
  }
  const found = `${(freeBytes / GIBIBYTE).toFixed(1)} GiB free at ${DockerRootDir}`;
  if (freeBytes >= 5 * GIBIBYTE)
    return { id: 'disk', state: 'good', found, means: 'images can be built', rows };
  const state = freeBytes >= GIBIBYTE ? 'weak' : 'bad';
  return {
    id: 'disk',
    state,
    found,
    means: 'start needs 1 GiB',
    rows,
    fix: 'docker system df shows what can go, docker image prune removes unused images',
  };
}
